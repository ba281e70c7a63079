/**
 * The extension point for policy dialects: {@link io.sluice.api.policy.PolicyTranslator}, and the
 * rules it produces.
 *
 * <p>A translated rule never has an empty list that means "all". "Any peer" and "any port" are
 * written as {@link io.sluice.api.policy.Peer.Any} and {@link io.sluice.api.policy.PortMatch.Any};
 * an empty list matches nothing. What can't be resolved therefore can't widen a rule.
 */
@NullMarked
@Version("1.1.0")
package io.sluice.api.policy;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.versioning.Version;
