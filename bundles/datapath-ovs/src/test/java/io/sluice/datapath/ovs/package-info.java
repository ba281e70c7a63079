/** Tests of the backend for Open vSwitch: the compiler alone, and with a real switch. */
@NullMarked
package io.sluice.datapath.ovs;

import org.jspecify.annotations.NullMarked;
