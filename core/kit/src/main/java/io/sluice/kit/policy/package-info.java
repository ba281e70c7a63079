/**
 * The contract kit of {@link io.sluice.api.policy.PolicyTranslator}: extend {@link
 * io.sluice.kit.policy.PolicyTranslatorContract} in the bundle's tests and give it a few objects of
 * the dialect.
 */
@NullMarked
package io.sluice.kit.policy;

import org.jspecify.annotations.NullMarked;
