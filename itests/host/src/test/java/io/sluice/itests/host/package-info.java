/**
 * Tests of the distribution as a user gets it: unpacked, run through {@code bin/sluice} as
 * processes of their own, asked through {@code bin/sluice exec}, stopped by signals.
 */
@NullMarked
package io.sluice.itests.host;

import org.jspecify.annotations.NullMarked;
