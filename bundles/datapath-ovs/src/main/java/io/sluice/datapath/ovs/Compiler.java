package io.sluice.datapath.ovs;

import io.sluice.api.datapath.DesiredState;
import io.sluice.api.datapath.EndpointId;
import io.sluice.api.datapath.LocalEndpoint;
import io.sluice.api.datapath.Rule;
import io.sluice.api.datapath.SetDelta;
import io.sluice.api.datapath.Snapshot;
import io.sluice.api.datapath.StaleRevisionException;
import io.sluice.api.datapath.Update;
import io.sluice.api.net.Cidr;
import io.sluice.api.net.IpAddress;
import io.sluice.api.policy.PolicyRef;
import io.sluice.datapath.ovs.openflow.Flow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Turns the desired state of this node into flows, kept in a {@link FlowBook}. An update touches
 * only the flows of what it names. Confined to one thread; knows no switch.
 */
final class Compiler {
  private static final long OWNER_FRAME = -1;
  private static final long OWNER_ADDRESSES = -2;
  private static final long OWNER_GUESTS = -4;

  private final DesiredState state = new DesiredState();
  private final Holders holders = new Holders();
  private final FlowBook book = new FlowBook();
  private final AddressFlows addresses;
  private final RuleFlows rules;
  private final PortBook ports;
  private List<Flow> guests = List.of();

  /** A compiler that wants the frame of the pipeline, and nothing else yet. */
  Compiler(PipelineOptions options) {
    this.addresses = new AddressFlows(options);
    this.rules = new RuleFlows(options.layout(), state, holders, new Conjunctions(book, options));
    this.ports = new PortBook(options, book, holders, rules);
    Frame.flows(options).forEach(flow -> book.add(OWNER_FRAME, flow));
    for (Cidr block : options.podRanges()) {
      addresses.notFromOutside(block).forEach(flow -> book.add(OWNER_FRAME, flow));
    }
    ports.refresh(SwitchPorts.NONE);
  }

  /**
   * A compiler that holds a snapshot.
   *
   * @throws Priorities.Exhausted if there are more different orders of rules than flow priorities
   */
  static Compiler of(PipelineOptions options, Snapshot snapshot, SwitchPorts ports)
      throws Priorities.Exhausted {
    Compiler compiler = new Compiler(options);
    compiler.load(snapshot, ports);
    return compiler;
  }

  private void load(Snapshot snapshot, SwitchPorts bound) throws Priorities.Exhausted {
    state.reset(snapshot);
    for (LocalEndpoint endpoint : snapshot.endpoints()) {
      change(endpoint.id(), endpoint.addresses());
    }
    snapshot
        .subjectSets()
        .forEach((set, members) -> members.forEach(member -> rules.index().join(member, set)));
    nodeAddresses(state.addresses(Snapshot.NODE_ADDRESSES), true);
    rules.place(snapshot.rules());
    for (Rule rule : snapshot.rules()) {
      rules.add(rule);
    }
    ports.refresh(bound);
    book.forgetChanges();
  }

  /**
   * Goes on to the next revision.
   *
   * @throws StaleRevisionException if the update starts elsewhere; nothing has changed then
   * @throws Priorities.Exhausted if the rules have to be placed anew: this compiler is of no use
   *     any more, but {@link #state} has the new revision
   */
  void apply(Update update) throws StaleRevisionException, Priorities.Exhausted {
    if (update.base() != state.revision()) {
      throw new StaleRevisionException(update.base(), state.revision());
    }
    update.rulesRemoved().forEach(rules::remove);
    Map<EndpointId, Set<IpAddress>> changes = changes(update);
    Set<EndpointId> touched = new HashSet<>();
    changes.forEach((id, now) -> touched.addAll(holders.touchedBy(id, now)));
    touched.forEach(id -> rules.endpoint(id, state.endpoints().containsKey(id), false));
    for (SetDelta<EndpointId> delta : update.subjectSets()) {
      delta.removed().forEach(member -> leave(delta.set(), member, touched));
    }
    for (int set : update.subjectSetsRemoved()) {
      state.subjects(set).forEach(member -> rules.index().leave(member, set));
    }

    state.apply(update);
    changes.forEach(this::change);
    for (SetDelta<EndpointId> delta : update.subjectSets()) {
      if (!update.subjectSetsRemoved().contains(delta.set())) {
        delta.added().forEach(member -> join(delta.set(), member, touched));
      }
    }
    touched.forEach(id -> rules.endpoint(id, state.endpoints().containsKey(id), true));
    for (SetDelta<IpAddress> delta : update.addressSets()) {
      addressSet(delta);
    }
    for (Rule rule : update.rulesAdded()) {
      rules.add(rule);
    }
    ports.refresh(touched);
  }

  private Map<EndpointId, Set<IpAddress>> changes(Update update) {
    Map<EndpointId, Set<IpAddress>> changes = new HashMap<>();
    for (EndpointId removed : update.endpointsRemoved()) {
      if (state.endpoints().containsKey(removed)) {
        changes.put(removed, Set.of());
      }
    }
    for (LocalEndpoint endpoint : update.endpoints()) {
      changes.put(endpoint.id(), endpoint.addresses());
    }
    return changes;
  }

  private void leave(int set, EndpointId member, Set<EndpointId> touched) {
    rules.index().leave(member, set);
    if (!touched.contains(member)) {
      rules.member(set, member, false);
    }
  }

  private void join(int set, EndpointId member, Set<EndpointId> touched) {
    rules.index().join(member, set);
    if (!touched.contains(member)) {
      rules.member(set, member, true);
    }
  }

  /** An endpoint has these addresses now; the flows of the addresses themselves follow. */
  private void change(EndpointId endpoint, Set<IpAddress> now) {
    Set<IpAddress> before = holders.addresses(endpoint);
    Set<IpAddress> concerned = new HashSet<>(before);
    concerned.addAll(now);
    for (IpAddress address : concerned) {
      contested(address, false);
    }
    if (state.endpoints().containsKey(endpoint)) {
      holders.put(new LocalEndpoint(endpoint, now));
    } else {
      holders.remove(endpoint);
    }
    for (IpAddress address : concerned) {
      contested(address, true);
      if (before.contains(address) && !now.contains(address)) {
        addresses.local(address).forEach(flow -> book.remove(OWNER_ADDRESSES, flow.key()));
      } else if (!before.contains(address)) {
        addresses.local(address).forEach(flow -> book.add(OWNER_ADDRESSES, flow));
      }
    }
  }

  private void contested(IpAddress address, boolean wanted) {
    for (var flow : addresses.contested(address, holders.count(address))) {
      if (wanted) {
        book.add(OWNER_ADDRESSES, flow);
      } else {
        book.remove(OWNER_ADDRESSES, flow.key());
      }
    }
  }

  private void addressSet(SetDelta<IpAddress> delta) {
    delta.removed().forEach(address -> rules.address(delta.set(), address, false));
    delta.added().forEach(address -> rules.address(delta.set(), address, true));
    if (delta.set() == Snapshot.NODE_ADDRESSES) {
      nodeAddresses(delta.removed(), false);
      nodeAddresses(delta.added(), true);
    }
  }

  private void nodeAddresses(Set<IpAddress> changed, boolean wanted) {
    for (IpAddress address : changed) {
      for (var flow : addresses.notFromOutside(Cidr.host(address))) {
        if (wanted) {
          book.add(OWNER_ADDRESSES, flow);
        } else {
          book.remove(OWNER_ADDRESSES, flow.key());
        }
      }
    }
  }

  /** Other ports or bindings. */
  void ports(SwitchPorts now) {
    ports.refresh(now);
  }

  /** Flows that are wanted for a while, besides those of the pipeline; instead of earlier ones. */
  void guests(List<Flow> flows) {
    guests.forEach(flow -> book.remove(OWNER_GUESTS, flow.key()));
    flows.forEach(flow -> book.add(OWNER_GUESTS, flow));
    guests = List.copyOf(flows);
  }

  /** Those of some tables are wanted no longer. */
  void guestsGo(Set<Integer> tables) {
    guests(guests.stream().filter(flow -> !tables.contains(flow.table())).toList());
  }

  /** What is wanted of this node. */
  DesiredState state() {
    return state;
  }

  /** The flows wanted. */
  FlowBook book() {
    return book;
  }

  /** Which endpoint holds an address, if several do by its place among them. */
  Optional<EndpointId> holder(IpAddress address, int place) {
    return holders.holder(address, place);
  }

  /** The flows of a policy, one line each, as the switch's tools write them. */
  List<String> flows(PolicyRef policy) {
    Set<Integer> wanted = new TreeSet<>();
    for (Rule rule : state.rules().values()) {
      if (rule.policy().equals(policy)) {
        rules.index().rule(rule.id()).ifPresent(compiled -> wanted.add(compiled.tag()));
      }
    }
    List<String> lines = new ArrayList<>();
    book.forEachOf(wanted, flow -> lines.add(flow.toString()));
    lines.sort(null);
    return lines;
  }

  /** Which rule is known by which number. */
  Tags tags() {
    return rules.tags();
  }
}
