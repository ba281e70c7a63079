/**
 * Metrics and probes of the agent, over HTTP on Vert.x.
 *
 * <p>What is shown comes from {@link io.sluice.api.control.Control} and from the events on the bus;
 * nothing of the engine's inside is known here. A scrape takes {@link
 * io.sluice.api.control.Measurements}, now and then the rules' counters, and makes metric families
 * of them as they are at that moment ({@code AgentMetrics}, {@code ComponentMetrics}, {@code
 * TrafficMetrics}); what happens between scrapes is counted by Micrometer ({@code Happenings}),
 * which also measures the JVM. Names follow the conventions of Prometheus.
 */
@NullMarked
package io.sluice.metrics;

import org.jspecify.annotations.NullMarked;
