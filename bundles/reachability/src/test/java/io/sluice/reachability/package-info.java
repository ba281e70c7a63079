/** Tests of {@code sluice reachability} on small clusters whose answers follow from the rules. */
@NullMarked
package io.sluice.reachability;

import org.jspecify.annotations.NullMarked;
