/** Tests of the source that reads a directory, on real directories. */
@NullMarked
package io.sluice.source.files;

import org.jspecify.annotations.NullMarked;
