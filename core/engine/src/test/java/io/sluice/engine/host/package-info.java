/** Tests of the engine's surroundings, on a real Vert.x. */
@NullMarked
package io.sluice.engine.host;

import org.jspecify.annotations.NullMarked;
