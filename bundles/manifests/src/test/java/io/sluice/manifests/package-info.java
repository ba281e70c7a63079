/** Tests of the manifest reader: each rule of the API server that it takes over, one test. */
@NullMarked
package io.sluice.manifests;

import org.jspecify.annotations.NullMarked;
