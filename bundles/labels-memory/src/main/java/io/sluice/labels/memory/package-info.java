/**
 * The label store of a node that stands alone: everything in this process, gone with it.
 *
 * <p>It exists so that look-ups by label and readers of changes work the same way on a laptop as
 * with a shared store, and as the reference for the {@linkplain io.sluice.api.store.LabelStore
 * contract}. It claims no durability.
 */
@NullMarked
package io.sluice.labels.memory;

import org.jspecify.annotations.NullMarked;
