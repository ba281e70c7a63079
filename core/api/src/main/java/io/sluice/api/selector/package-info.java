/**
 * Label selectors and the pairs of them that make a group.
 *
 * <p>Selectors are canonical: two selectors that were written differently but ask the same
 * requirements are {@linkplain Object#equals equal}, so that policies share one {@linkplain
 * io.sluice.api.selector.GroupSelector group}.
 */
@NullMarked
@Version("1.1.0")
package io.sluice.api.selector;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.versioning.Version;
