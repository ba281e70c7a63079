/**
 * Kubernetes manifests: reading, validation and projection.
 *
 * <p>A {@link io.sluice.manifests.ManifestReader} turns one file of YAML or JSON into a {@link
 * io.sluice.manifests.Manifest}: the records of {@link io.sluice.api.resource} that policy needs,
 * what was refused and why, and what was skipped. Files are read as a stream and each object is
 * projected as soon as it is complete, so that memory follows what is kept and not what is written
 * in the file. A {@link io.sluice.manifests.ManifestSet} puts several files together.
 *
 * <p>There is no API server between a file and its reader, so what the API server would refuse is
 * refused here: bad names and labels, values of the wrong type, unknown fields where a typo would
 * change a verdict, duplicate keys. The spec of a policy is the business of its translator.
 *
 * <p>Nothing here throws because of what a file holds: whatever is wrong becomes a {@link
 * io.sluice.api.resource.Problem}. Only reading itself fails with an {@link java.io.IOException}.
 */
@NullMarked
package io.sluice.manifests;

import org.jspecify.annotations.NullMarked;
