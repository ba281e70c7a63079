/**
 * Benchmarks of the engine: clusters of given shapes, compiled from nothing, then changed by single
 * events. {@link io.sluice.benchmarks.Benchmarks} is the program; each measurement runs in a Java
 * virtual machine of its own, so that "cold" means cold.
 */
@NullMarked
package io.sluice.benchmarks;

import org.jspecify.annotations.NullMarked;
