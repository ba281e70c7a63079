/**
 * A laboratory on one machine: nodes, pods and real packets.
 *
 * <p>A <em>node</em> is a network namespace with an Open vSwitch of its own (database, switch,
 * userspace datapath, own run directory). A <em>pod</em> is a network namespace with a veth pair
 * whose other end is a port of the node's bridge. One JVM is the client and the server in all of
 * them, because a socket belongs to the namespace of the thread that opened it, not of the thread
 * that uses it: {@link io.sluice.lab.NetworkNamespace} keeps one thread in each.
 *
 * <pre>{@code
 * try (Lab lab = Lab.create()) {
 *   Node node = lab.node("n1", List.of("10.244.0.1", "fd00:10:244::1"));
 *   List<Pod> pods = node.addPods(List.of(PodSpec.of("shop", "web", "10.244.0.10"), ...));
 *   Traffic traffic = lab.traffic();
 *   traffic.listen(pods.get(0), Transport.TCP, 80);
 *   traffic.probe(List.of(new Probe(pods.get(1), pods.get(0).address(), Transport.TCP, 80)), ...);
 * }
 * }</pre>
 *
 * <p>What keeps the lab honest: the veth ends on the node neither answer ARP nor speak IPv6 nor
 * accept IPv4 (reverse path filter), so that the kernel can't carry what the switch drops; checksum
 * offload is off; and a self-test shows that a drop-all flow really stops everything.
 *
 * <p>It needs root and Linux. Everything made carries the lab's own id and is recorded under {@code
 * /run/sluice-lab} before it is made; {@code close}, a shutdown hook, or the next lab on the
 * machine (if this JVM was killed) removes it. Nothing else on the machine is touched.
 */
@NullMarked
package io.sluice.lab;

import org.jspecify.annotations.NullMarked;
