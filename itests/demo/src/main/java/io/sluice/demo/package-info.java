/**
 * What {@code make demo} runs: a story in four acts about a real agent, told with real packets.
 *
 * <p>{@link io.sluice.demo.Demo} tells the story on a {@link io.sluice.demo.Stage}: the real one is
 * a node and pods made of network namespaces, whose connections pass Open vSwitch; without root it
 * is the agent's in-memory datapath, which is asked instead. After every act what was measured is
 * compared with what {@code sluice reachability} says of the manifests.
 */
@NullMarked
package io.sluice.demo;

import org.jspecify.annotations.NullMarked;
