package io.sluice.datapath.ovs.openflow;

/**
 * What a bridge says of itself (OFPT_FEATURES_REPLY).
 *
 * @param datapathId its number
 * @param tables how many tables it has
 */
public record SwitchFeatures(long datapathId, int tables) {}
