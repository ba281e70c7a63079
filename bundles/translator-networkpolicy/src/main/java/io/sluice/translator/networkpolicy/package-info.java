/**
 * The dialect of {@code networking.k8s.io/v1} NetworkPolicy.
 *
 * <p>{@link io.sluice.translator.networkpolicy.NetworkPolicyTranslator} reads the tree of one
 * object with one small reader for each concept of the API (selector, peer, block, port, rule).
 * Every reader writes what it finds wrong to one {@link io.sluice.translator.networkpolicy.Report},
 * with the path of the field, and goes on, so that an author sees all problems at once. What a
 * reader returns counts only if the report has no problem in the end; until then a value may stand
 * for something that could not be read.
 */
@NullMarked
package io.sluice.translator.networkpolicy;

import org.jspecify.annotations.NullMarked;
