/**
 * Running commands of nftables: through libnftables in this process, or through the {@code nft}
 * program. Both take the same text (nft(8)), and run it as one transaction.
 */
@NullMarked
package io.sluice.datapath.nftables.nft;

import org.jspecify.annotations.NullMarked;
