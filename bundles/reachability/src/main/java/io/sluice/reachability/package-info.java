/**
 * {@code sluice reachability}: who can reach whom, offline, from manifests.
 *
 * <p>Manifests are read as the files source reads them, policies are translated and compiled as on
 * a node, and every pair is asked of the same engine that {@code explain} asks. Nothing is sent
 * anywhere and no privilege is needed.
 */
@NullMarked
package io.sluice.reachability;

import org.jspecify.annotations.NullMarked;
