/**
 * Contract kits of the stores: extend {@link io.sluice.kit.store.LabelStoreContract} in the tests
 * of a bundle and every numbered rule of {@link io.sluice.api.store.InputStore} and {@link
 * io.sluice.api.store.LabelStore} is tried on it.
 */
@NullMarked
package io.sluice.kit.store;

import org.jspecify.annotations.NullMarked;
