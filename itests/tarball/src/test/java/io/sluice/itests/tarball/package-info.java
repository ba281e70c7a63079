/**
 * The packed tarball, as an operator has it: unpacked and installed on a machine without any JDK,
 * driven, upgraded and removed through {@code install.sh}, {@code bin/sluice} and {@code
 * uninstall.sh} alone, on a real switch; and the files for systemd and Kubernetes that it holds.
 *
 * <p>There is no earlier release. The former version is this one under another number and with
 * other defaults; what an upgrade does to the durable copy's format is tested with the stores.
 */
@NullMarked
package io.sluice.itests.tarball;

import org.jspecify.annotations.NullMarked;
