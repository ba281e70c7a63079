/**
 * The fault drill: the real agent on a real switch under load, while everything around it fails.
 *
 * <p>For each {@link io.sluice.drill.Fault} a {@link io.sluice.drill.Stage} is built: a node with
 * pods, an agent of the unpacked distribution, {@link io.sluice.drill.Load} (new connections,
 * allowed and denied), {@link io.sluice.drill.Streams} (long-lived ones), and {@link
 * io.sluice.drill.Taps} on the pods that are protected. The {@link io.sluice.drill.Timeline} holds
 * which states of the manifests were right when; what each of them allows is asked of the naive
 * evaluator, which shares no code with the agent. The {@link io.sluice.drill.Judge} compares.
 *
 * <p><em>Wrongly allowed</em> is what no state allows that was right at the time; <em>wrongly
 * dropped</em> is what every such state allows.
 */
@NullMarked
package io.sluice.drill;

import org.jspecify.annotations.NullMarked;
