/**
 * Brings what OSGi bundles log into the agent's one log.
 *
 * <p>Sluice itself logs through {@link java.lang.System.Logger}. The bundles that it stands on
 * (Declarative Services, Configuration Admin, FileInstall, Gogo) log through the OSGi Log Service;
 * among that is what an operator must see: a component that can't be activated, a configuration
 * that can't be read. {@link io.sluice.log.LogBridge} hands each of their entries on to the logger
 * of the same name.
 */
@NullMarked
package io.sluice.log;

import org.jspecify.annotations.NullMarked;
