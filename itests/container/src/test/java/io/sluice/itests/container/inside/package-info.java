/**
 * The probe: a bundle of these tests' own inside the container. It shares no type with the tests
 * but those of the JDK, because they and it are loaded by different loaders.
 */
@NullMarked
package io.sluice.itests.container.inside;

import org.jspecify.annotations.NullMarked;
