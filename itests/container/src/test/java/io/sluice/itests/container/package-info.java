/**
 * The assembled bundles in one container, in this process, looked at from inside: what is active,
 * who is bound to whom, what a configuration changes, and what is left of a bundle that has gone.
 *
 * <p>{@link io.sluice.itests.container.Container} is the container, set up as the launcher does it;
 * {@code inside} is the one bundle that the distribution does not have, through which these tests
 * configure and look.
 */
@NullMarked
package io.sluice.itests.container;

import org.jspecify.annotations.NullMarked;
