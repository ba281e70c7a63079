/**
 * JSON-RPC 1.0 over a Unix socket, as {@code ovsdb-server} (RFC 7047 section 4) and the control
 * socket of {@code ovs-vswitchd} speak it.
 */
@NullMarked
package io.sluice.datapath.ovs.jsonrpc;

import org.jspecify.annotations.NullMarked;
