/**
 * A strict reader of the text format in which Prometheus scrapes metrics (version 0.0.4), for tests
 * of whatever answers scrapes: {@link io.sluice.kit.exposition.Exposition#parse}. It refuses what a
 * scraper may forgive: a sample without a type, a family told in two places, a histogram whose
 * buckets contradict its count.
 */
@NullMarked
package io.sluice.kit.exposition;

import org.jspecify.annotations.NullMarked;
