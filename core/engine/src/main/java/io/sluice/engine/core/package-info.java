/**
 * The policy engine as plain Java: {@link io.sluice.engine.core.PolicyEngine} takes namespaces,
 * nodes, endpoints and translated policies, one change at a time, and answers with revisions of the
 * compiled rules and with verdicts.
 *
 * <p>It knows nothing of OSGi, the bus, threads or clocks; the host confines it to one event loop.
 */
@NullMarked
package io.sluice.engine.core;

import org.jspecify.annotations.NullMarked;
