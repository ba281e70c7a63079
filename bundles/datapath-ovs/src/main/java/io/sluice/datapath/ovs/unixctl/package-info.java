/** The control socket of {@code ovs-vswitchd}, as {@code ovs-appctl} uses it (ovs-appctl(8)). */
@NullMarked
package io.sluice.datapath.ovs.unixctl;

import org.jspecify.annotations.NullMarked;
