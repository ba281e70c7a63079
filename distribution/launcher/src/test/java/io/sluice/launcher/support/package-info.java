/** Tests of the support bundle: what must never be in it. */
@NullMarked
package io.sluice.launcher.support;

import org.jspecify.annotations.NullMarked;
