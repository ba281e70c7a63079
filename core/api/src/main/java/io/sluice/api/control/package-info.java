/**
 * What administration sees of a running agent: {@link io.sluice.api.control.Control}.
 *
 * <p>The engine registers one {@link io.sluice.api.control.Control} service; shells, metrics and
 * health checks are written against it. Everything it returns is an immutable picture of one
 * moment.
 */
@NullMarked
@Version("1.2.0")
package io.sluice.api.control;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.versioning.Version;
