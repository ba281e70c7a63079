package io.sluice.engine.core;

import io.sluice.api.datapath.EndpointId;
import io.sluice.api.resource.Endpoint;
import io.sluice.api.resource.Namespace;
import io.sluice.api.selector.GroupSelector;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/**
 * The endpoints, and the groups that follow them.
 *
 * <p>An endpoint's groups are found by its namespace and its labels, so that a change touches only
 * the groups that the endpoint is in before or after; a namespace's new labels touch only the
 * groups whose namespace selector judges it otherwise than before. Nothing keeps a list of an
 * endpoint's groups: it is looked up again when it is needed, which costs the same as keeping it
 * right and no memory.
 */
final class Index {
  final NamespaceTable namespaces = new NamespaceTable();
  final AddressTable addresses = new AddressTable();
  final PortTable ports = new PortTable();
  final GroupTable groups;

  /** Every endpoint that selectors can match, also in namespaces whose object is not known. */
  final Members everyone = new Members();

  /** The local endpoints. */
  final RoaringBitmap local = new RoaringBitmap();

  private final Locality locality;
  private final Pending pending;
  private final NodeAddresses nodes;
  private final LabelSets labelSets = new LabelSets();
  private final LabelIndex labels = new LabelIndex();
  private final List<@Nullable Slot> slots = new ArrayList<>();
  private final Deque<Integer> free = new ArrayDeque<>();

  Index(Locality locality, Pending pending, NodeAddresses nodes) {
    this.locality = locality;
    this.pending = pending;
    this.nodes = nodes;
    this.groups = new GroupTable(namespaces, pending);
  }

  /** The endpoint of this name; null if there is none. */
  @Nullable Slot find(String namespace, String name) {
    NamespaceEntry entry = namespaces.find(namespace);
    return entry == null ? null : entry.pods.get(name);
  }

  /** The endpoint of this number. */
  Slot slot(int number) {
    Slot slot = slots.get(number);
    if (slot == null) {
      throw new IllegalStateException("no endpoint has the number " + number);
    }
    return slot;
  }

  /** The endpoint of this number; empty if there is none now. */
  Optional<Slot> slotIfAny(int number) {
    return number < slots.size() ? Optional.ofNullable(slots.get(number)) : Optional.empty();
  }

  /** One more than the highest number. */
  int slots() {
    return slots.size();
  }

  int size() {
    return slots.size() - free.size();
  }

  int labelSets() {
    return labelSets.size();
  }

  /** Whether anything has changed. */
  boolean put(Endpoint endpoint) {
    NamespaceEntry entry = namespaces.get(endpoint.namespace());
    Slot slot = entry.pods.get(endpoint.name());
    if (slot == null) {
      slot = newSlot(entry, endpoint);
      enter(slot);
      return true;
    }
    Endpoint before = slot.endpoint;
    if (before.equals(endpoint)) {
      return false;
    }
    Endpoint after = labelSets.canonical(endpoint);
    if (onlyLabelsDiffer(before, after) && addresses.sharers(slot, after.addresses()).isEmpty()) {
      relabel(slot, after);
    } else {
      leave(slot);
      slot.endpoint = after;
      enter(slot);
    }
    labelSets.release(before);
    return true;
  }

  /** Whether anything has changed. */
  boolean removeEndpoint(String namespace, String name) {
    Slot slot = find(namespace, name);
    if (slot == null) {
      return false;
    }
    leave(slot);
    slot.namespace.pods.remove(name);
    namespaces.tidy(slot.namespace);
    slots.set(slot.number, null);
    free.push(slot.number);
    labelSets.release(slot.endpoint);
    return true;
  }

  private Slot newSlot(NamespaceEntry entry, Endpoint endpoint) {
    Integer reused = free.poll();
    int number = reused == null ? slots.size() : reused;
    Slot slot = new Slot(number, entry, labelSets.canonical(endpoint));
    if (reused == null) {
      slots.add(slot);
    } else {
      slots.set(number, slot);
    }
    entry.pods.put(endpoint.name(), slot);
    return slot;
  }

  private static boolean onlyLabelsDiffer(Endpoint before, Endpoint after) {
    return before.selectable()
        && after.selectable()
        && before.uid().equals(after.uid())
        && before.nodeName().equals(after.nodeName())
        && before.addresses().equals(after.addresses())
        && before.hostAddresses().equals(after.hostAddresses())
        && before.ports().equals(after.ports());
  }

  /** The short way of an endpoint that keeps all but its labels. */
  private void relabel(Slot slot, Endpoint after) {
    List<Group> old = groupsOf(slot);
    labels.remove(slot.number, slot.endpoint.labels());
    slot.endpoint = after;
    labels.add(slot.number, after.labels());
    for (Group group : old) {
      if (!group.selector.pods().matches(after.labels())) {
        group.leave(slot);
      }
    }
    for (Scope scope : slot.namespace.scopes) {
      scope.matching(
          slot,
          group -> {
            if (!group.contains(slot)) {
              group.join(slot);
            }
          });
    }
  }

  /** Puts the endpoint, as it is now, into everything that follows endpoints. */
  private void enter(Slot slot) {
    Endpoint endpoint = slot.endpoint;
    slot.local = locality.isLocal(endpoint);
    if (!endpoint.selectable()) {
      return;
    }
    if (slot.local) {
      local.add(slot.number);
      nodes.enter(endpoint);
      pending.local(EndpointId.of(endpoint));
    }
    labels.add(slot.number, endpoint.labels());
    ports.add(slot);
    Set<Slot> sharers = addresses.sharers(slot, endpoint.addresses());
    sharers.forEach(this::withdraw);
    addresses.add(slot);
    sharers.forEach(this::contribute);
    everyone.join(slot);
    for (Scope scope : slot.namespace.scopes) {
      scope.matching(slot, group -> group.join(slot));
    }
  }

  /** Takes the endpoint, as it was until now, out of everything that follows endpoints. */
  private void leave(Slot slot) {
    Endpoint endpoint = slot.endpoint;
    if (!endpoint.selectable()) {
      return;
    }
    groupsOf(slot).forEach(group -> group.leave(slot));
    everyone.leave(slot);
    Set<Slot> sharers = addresses.sharers(slot, endpoint.addresses());
    sharers.forEach(this::withdraw);
    addresses.remove(slot);
    sharers.forEach(this::contribute);
    ports.remove(slot);
    labels.remove(slot.number, endpoint.labels());
    if (slot.local) {
      local.remove(slot.number);
      nodes.leave(endpoint);
      pending.local(EndpointId.of(endpoint));
    }
  }

  private void withdraw(Slot slot) {
    everyone.withdraw(slot);
    groupsOf(slot).forEach(group -> group.withdraw(slot));
  }

  private void contribute(Slot slot) {
    everyone.contribute(slot);
    groupsOf(slot).forEach(group -> group.contribute(slot));
  }

  /** The groups that the endpoint is a member of. */
  List<Group> groupsOf(Slot slot) {
    List<Group> all = new ArrayList<>();
    if (slot.endpoint.selectable()) {
      for (Scope scope : slot.namespace.scopes) {
        scope.matching(slot, all::add);
      }
    }
    return all;
  }

  /** Whether anything has changed. */
  boolean put(Namespace namespace) {
    NamespaceEntry entry = namespaces.get(namespace.name());
    if (namespace.equals(entry.object)) {
      return false;
    }
    move(entry, namespaces.relabel(entry, namespace));
    if (entry.defaultGroup == null) {
      entry.defaultGroup = acquire(GroupSelector.defaultGroup(namespace.name()));
    }
    return true;
  }

  /** Whether anything has changed. */
  boolean removeNamespace(String name) {
    NamespaceEntry entry = namespaces.find(name);
    if (entry == null || entry.object == null) {
      return false;
    }
    move(entry, namespaces.relabel(entry, null));
    Group defaultGroup = entry.defaultGroup;
    entry.defaultGroup = null;
    if (defaultGroup != null) {
      groups.release(defaultGroup);
    }
    namespaces.tidy(entry);
    return true;
  }

  private static void move(NamespaceEntry entry, NamespaceTable.Moved moved) {
    for (Slot slot : entry.pods.values()) {
      if (slot.endpoint.selectable()) {
        moved.left().forEach(scope -> scope.matching(slot, group -> group.leave(slot)));
        moved.joined().forEach(scope -> scope.matching(slot, group -> group.join(slot)));
      }
    }
  }

  /** The group of this selector, with one holder more. */
  Group acquire(GroupSelector selector) {
    Group group = groups.find(selector);
    if (group == null) {
      group = groups.add(selector);
      fill(group);
    }
    group.holders++;
    return group;
  }

  private void fill(Group group) {
    RoaringBitmap candidates = labels.candidates(group.selector.pods());
    Set<NamespaceEntry> covered = group.scope.namespaces;
    if (candidates == null || haveAtMost(candidates.getCardinality(), covered)) {
      for (NamespaceEntry entry : covered) {
        entry.pods.values().forEach(slot -> joinIfSelected(group, slot));
      }
    } else {
      candidates.forEach(
          (int number) -> {
            Slot slot = slot(number);
            if (covered.contains(slot.namespace)) {
              joinIfSelected(group, slot);
            }
          });
    }
  }

  /** Whether these namespaces have no more pods than that; looks no further than needed. */
  private static boolean haveAtMost(int limit, Set<NamespaceEntry> namespaces) {
    int pods = 0;
    for (NamespaceEntry entry : namespaces) {
      pods += 1 + entry.pods.size();
      if (pods > limit) {
        return false;
      }
    }
    return true;
  }

  private static void joinIfSelected(Group group, Slot slot) {
    if (slot.endpoint.selectable() && group.selector.pods().matches(slot.endpoint.labels())) {
      group.join(slot);
    }
  }
}
