/**
 * For whoever writes a bundle: contract kits for the extension points, one package each, and small
 * helpers that tests share. A test dependency; nothing of it runs on a node.
 */
@NullMarked
package io.sluice.kit;

import org.jspecify.annotations.NullMarked;
