/**
 * For whoever writes a bundle: contract kits for the extension points, one package each, and small
 * helpers that tests share. A test dependency; nothing of it runs on a node.
 *
 * <p>Extend the contract of the extension point in a test of the bundle, and give it what it asks
 * for in its abstract methods: the thing under test, and a hand on its surroundings. JUnit finds
 * the inherited tests. The bundles in {@code itests/examples} each show one.
 */
@NullMarked
package io.sluice.kit;

import org.jspecify.annotations.NullMarked;
