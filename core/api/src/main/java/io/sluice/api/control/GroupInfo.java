package io.sluice.api.control;

import io.sluice.api.selector.GroupSelector;

/**
 * A group, for people.
 *
 * @param id its number
 * @param selector what it selects
 * @param isDefault whether it is the default group of a namespace
 * @param members how many endpoints it has
 * @param localMembers how many of them are on this node
 * @param rules how many rules refer to it, as subject or as peer
 */
public record GroupInfo(
    int id, GroupSelector selector, boolean isDefault, int members, int localMembers, int rules) {}
