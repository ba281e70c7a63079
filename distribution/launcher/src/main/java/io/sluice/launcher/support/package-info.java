/**
 * {@code sluice support}: everything that somebody needs who was not there, in one archive, and
 * nothing that is nobody's business.
 *
 * <p>{@link io.sluice.launcher.support.Section}s collect; what one can't have is told in {@code
 * summary.txt} and keeps no other from going on, so that a bundle can be had of an agent that is
 * down, hangs, or was never configured. All text goes through one {@link
 * io.sluice.launcher.support.Redactor}, which knows what the configuration keeps secret before the
 * first word is written. Of files that are no configuration of Sluice (kubeconfigs, keys,
 * certificates, manifests) the bundle holds the names only.
 */
@NullMarked
package io.sluice.launcher.support;

import org.jspecify.annotations.NullMarked;
