/**
 * Proofs with real packets: manifests go through translator, engine and the Open vSwitch datapath,
 * and connections, datagrams and frames made by hand go through the switch.
 *
 * <p>{@link io.sluice.itests.ovs.Rig} builds the laboratory that a cluster describes and puts the
 * parts together in this JVM, without the OSGi host. It trusts the laboratory only after a
 * self-test with a switch that drops everything.
 */
@NullMarked
package io.sluice.itests.ovs;

import org.jspecify.annotations.NullMarked;
