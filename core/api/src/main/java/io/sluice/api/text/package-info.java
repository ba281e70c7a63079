/**
 * Text for machines: {@link io.sluice.api.text.JsonText} writes JSON, for commands and files of any
 * bundle, so that none needs a library for it.
 */
@NullMarked
@Version("1.0.0")
package io.sluice.api.text;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.versioning.Version;
