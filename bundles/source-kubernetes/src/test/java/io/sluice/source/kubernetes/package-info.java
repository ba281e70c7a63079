/** The source keeps its contract against a server that is killed, paused, slow or tired. */
@NullMarked
package io.sluice.source.kubernetes;

import org.jspecify.annotations.NullMarked;
