/**
 * What tests drop into a running agent: small real extensions, packed into jars by {@link
 * io.sluice.itests.host.DropIn}.
 */
@NullMarked
package io.sluice.itests.host.dropin;

import org.jspecify.annotations.NullMarked;
