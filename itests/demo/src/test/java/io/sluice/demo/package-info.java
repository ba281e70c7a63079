/** The demo's own proofs: that it would notice. */
@NullMarked
package io.sluice.demo;

import org.jspecify.annotations.NullMarked;
