/** A real Open vSwitch for tests: its own network namespace, run directory and processes. */
@NullMarked
package io.sluice.datapath.ovs.lab;

import org.jspecify.annotations.NullMarked;
