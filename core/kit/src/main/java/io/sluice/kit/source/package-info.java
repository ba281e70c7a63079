/**
 * The contract of event sources as tests: {@link io.sluice.kit.source.EventSourceContract}.
 *
 * <p>A bundle's test extends the contract and hands it a {@link io.sluice.kit.source.SourceInput}:
 * the source under test together with a hand on its input. {@link
 * io.sluice.kit.source.RecordingSink} stands where the engine stands, and checks the protocol while
 * it listens. {@link io.sluice.kit.source.MemorySource} is the smallest source that keeps the whole
 * contract, for tests of whatever consumes sources.
 */
@NullMarked
package io.sluice.kit.source;

import org.jspecify.annotations.NullMarked;
