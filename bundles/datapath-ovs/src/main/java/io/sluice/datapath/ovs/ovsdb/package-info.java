/**
 * The Open vSwitch database over its Unix socket (RFC 7047): which ports a bridge has, what is said
 * of them, and how the bridge is set up.
 */
@NullMarked
package io.sluice.datapath.ovs.ovsdb;

import org.jspecify.annotations.NullMarked;
