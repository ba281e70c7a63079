/** That the harness would notice, and the short drill. */
@NullMarked
package io.sluice.drill;

import org.jspecify.annotations.NullMarked;
