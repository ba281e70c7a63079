/** The lab's own proofs: that it measures, and that it can't lie. */
@NullMarked
package io.sluice.lab;

import org.jspecify.annotations.NullMarked;
