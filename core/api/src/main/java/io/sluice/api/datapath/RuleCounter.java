package io.sluice.api.datapath;

/**
 * How much a rule has matched since it was added or the datapath was (re)started.
 *
 * @param rule the rule's id
 * @param packets packets matched
 * @param bytes bytes in them
 */
public record RuleCounter(long rule, long packets, long bytes) {}
