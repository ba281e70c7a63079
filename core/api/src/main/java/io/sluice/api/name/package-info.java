/**
 * The extension point for names that the node's DNS answers: {@link io.sluice.api.name.NameSource}.
 */
@NullMarked
@Version("1.0.0")
package io.sluice.api.name;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.versioning.Version;
