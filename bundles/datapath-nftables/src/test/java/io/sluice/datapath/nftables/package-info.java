/** Tests of the backend for nftables: by the text it writes, and by packets in namespaces. */
@NullMarked
package io.sluice.datapath.nftables;

import org.jspecify.annotations.NullMarked;
