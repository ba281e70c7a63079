/**
 * Contract kits of the stores: extend {@link io.sluice.kit.store.LabelStoreContract} or {@link
 * io.sluice.kit.store.PolicyStoreContract} in the tests of a bundle and every numbered rule of
 * {@link io.sluice.api.store.InputStore} and of the extension point is tried on it. What a kit
 * can't try is that a durable store survives a crash: that is up to its bundle, which knows how to
 * cause one.
 */
@NullMarked
package io.sluice.kit.store;

import org.jspecify.annotations.NullMarked;
