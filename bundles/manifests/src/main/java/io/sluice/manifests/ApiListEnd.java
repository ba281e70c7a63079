package io.sluice.manifests;

/**
 * What a list says besides its items.
 *
 * @param resourceVersion the version at which the list is consistent; a watch begins there
 * @param next the token that asks for the next page; empty if this was the last
 */
public record ApiListEnd(String resourceVersion, String next) {}
