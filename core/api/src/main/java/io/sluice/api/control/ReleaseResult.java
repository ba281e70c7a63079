package io.sluice.api.control;

/**
 * What came of removing the rules of one datapath.
 *
 * @param datapath its name
 * @param removed whether nothing of ours is left there
 * @param detail for people: what was done, or why it could not be and what to do about it
 */
public record ReleaseResult(String datapath, boolean removed, String detail) {}
