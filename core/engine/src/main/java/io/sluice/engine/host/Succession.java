package io.sluice.engine.host;

import io.sluice.api.datapath.EndpointId;
import io.sluice.api.datapath.LocalEndpoint;
import io.sluice.api.resource.Problem;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Which datapath enforces, and how another one takes over without a moment in which none does.
 *
 * <p>There is one seat. Who sits on it is <em>chosen</em>: it is fed, and its word counts. The seat
 * is taken without further ado only where nobody has anything to lose: before the sources have said
 * everything (nothing is fed then), and from one that enforces nothing. Otherwise it is taken in a
 * {@link Takeover}, in these steps:
 *
 * <ol>
 *   <li><b>Covering.</b> The chosen one and the other are asked whose traffic they see. The other
 *       must see that of every local endpoint that the chosen one sees.
 *   <li><b>Feeding.</b> The other is given a snapshot and every update, beside the chosen one,
 *       which is fed on. A packet has to pass both. The other must confirm, and every endpoint that
 *       it claims to cover must be among its bindings.
 *   <li><b>Checking.</b> Pods have come and gone meanwhile, so the first step is repeated.
 *   <li><b>Settling.</b> The chosen one is given nothing more for a moment, until the other has in
 *       force at least what the chosen one was given last. Else the chosen one, being ahead, could
 *       deny something that the other allows still; releasing it would bring an older revision
 *       back.
 *   <li>The seat changes, and the former one is released.
 * </ol>
 *
 * <p>On a node without pods everybody covers every pod. There a takeover waits for the first pod,
 * so that the other one can show that it covers it; only an operator's order begins it at once.
 *
 * <p>All of it has one time limit. Who fails in the first step, or is not through when the time is
 * over, is <em>rejected</em>: the chosen one is fed on as before, and the other is released,
 * because rules that nobody feeds would go on dropping what newer rules allow. It is tried again
 * when it is bound again, when its properties or the name in the configuration change, or when an
 * operator names it; not by itself, or it would disturb the traffic for ever. If something else is
 * wanted meanwhile, the other is withdrawn: released, and not rejected.
 *
 * <p>When the chosen one's bundle goes, the seat is <em>frozen</em>: its rules stay as they are.
 * Whoever comes back under its name sits down again and moves by the difference. Another may take a
 * frozen seat, by the same steps, if it is named, or when the frozen one was waited for as long as
 * a takeover may take (updating a bundle must not change the datapath). It must cover what the
 * frozen one covered when last heard, and every local endpoint about which that is not known. The
 * frozen one's rules stand until its bundle is back; then it is released, if what it covers is
 * covered.
 *
 * <p>The names of those in whose switches rules may lie are remembered beyond the agent's life, the
 * chosen one's first: at the next start its seat is frozen until it is bound, and no other one that
 * happens to be bound earlier gets it for nothing.
 */
final class Succession {
  private static final Logger LOG = System.getLogger(Succession.class.getName());

  private final List<DatapathSlot> bound = new ArrayList<>();
  private final Choice choice = new Choice();
  private final Map<String, Frozen> left = new LinkedHashMap<>();
  private final DatapathHost around;
  private final Coverages coverages;
  private final Leftovers leftovers;
  private final Loop loop;
  private Duration limit = Duration.ofSeconds(30);
  private boolean open;
  private boolean withdrawn;
  private boolean waitsForPod;
  private @Nullable DatapathSlot ordered;
  private @Nullable DatapathSlot holder;
  private @Nullable Frozen frozen;
  private @Nullable Takeover takeover;
  private List<String> remembered;

  /**
   * Makes one.
   *
   * @param remembered in whose switches rules may lie from an earlier life, the chosen one first
   */
  Succession(DatapathHost around, List<String> remembered, Loop loop) {
    this.around = around;
    this.remembered = List.copyOf(remembered);
    this.loop = loop;
    coverages = new Coverages(loop);
    leftovers = new Leftovers(coverages);
    remembered.forEach(name -> left.put(name, Frozen.remembered(name, loop.nanos())));
    frozen = remembered.isEmpty() ? null : left.remove(remembered.getFirst());
  }

  /** How long a takeover may take; counts for one that is under way. */
  void limit(Duration next) {
    limit = next;
    if (takeover != null) {
      takeover.limit(next);
    }
  }

  /** The name in the configuration has changed. */
  void configure(String name) {
    choice.configure(name);
    bound.forEach(slot -> slot.rejection = null);
    look();
  }

  /** An operator names one that is bound. */
  void use(DatapathSlot slot) {
    choice.use(slot.name());
    slot.rejection = null;
    withdrawn = false;
    ordered = slot;
    look();
    ordered = null;
  }

  void bind(DatapathSlot slot) {
    bound.add(slot);
    slot.leftRules = slot.enforcing() && left.remove(slot.name()) != null;
    if (withdrawn && frozen != null && frozen.name().equals(slot.name())) {
      frozen = null;
      slot.leftRules = true;
    }
    look();
  }

  /** The properties of a bound one have changed. */
  void modified(DatapathSlot slot) {
    slot.rejection = null;
    look();
  }

  /** One is gone. Nothing is told to it: its rules stay. */
  void unbind(DatapathSlot slot) {
    boolean rules = slot.enforcing() && slot.mayHoldRules();
    Frozen gone = Frozen.of(slot, around.endpoints(), loop.nanos());
    slot.driver.stop();
    bound.remove(slot);
    if (slot == holder) {
      holder = null;
      if (rules) {
        frozen = gone;
        loop.after(limit, () -> waited(gone));
      }
    } else if (rules) {
      left.put(gone.name(), gone);
    }
    if (takeover != null && takeover.successor() == slot) {
      takeover.end();
      takeover = null;
      holder().ifPresent(sitting -> sitting.driver.resume());
    }
    look();
  }

  private void waited(Frozen gone) {
    if (gone.equals(frozen)) {
      frozen = gone.waitedFor();
      look();
    }
  }

  /** The sources have said everything: those that enforce may be fed. */
  void open() {
    open = true;
    Frozen gone = frozen;
    if (gone != null) {
      loop.after(limit, () -> waited(gone));
    }
    look();
  }

  /** What was reached no longer counts: the revisions begin anew, or the chosen one does. */
  void restart() {
    if (takeover != null) {
      takeover.restart();
    }
  }

  /** There are local endpoints that were not there before. */
  void endpointsCame() {
    if (waitsForPod) {
      look();
    }
  }

  /** Something has moved at a datapath. */
  void progressed() {
    if (takeover != null) {
      takeover.look();
    }
    look();
  }

  void stop() {
    if (takeover != null) {
      takeover.end();
      takeover = null;
    }
  }

  /** Releases everything that enforces, and leaves the seat empty until {@link #use}. */
  void withdraw() {
    withdrawn = true;
    endTakeover();
    holder = null;
    bound.stream().filter(DatapathSlot::enforcing).forEach(this::release);
    look();
  }

  Optional<DatapathSlot> holder() {
    return Optional.ofNullable(holder);
  }

  /** The one that is fed beside the chosen one. */
  Optional<DatapathSlot> successor() {
    return Optional.ofNullable(takeover).map(Takeover::successor);
  }

  /** The name of the one that left its seat with its rules in place. */
  Optional<String> frozen() {
    return Optional.ofNullable(frozen).map(Frozen::name);
  }

  /** The names of others that are gone and left rules. */
  Set<String> left() {
    return Set.copyOf(left.keySet());
  }

  /** Whether the sources have said everything, so that those that enforce may be fed. */
  boolean opened() {
    return open;
  }

  /** Whether an operator has had everything released. */
  boolean withdrawn() {
    return withdrawn;
  }

  /** The newest revision that is in force wherever a packet has to pass. */
  long inForce() {
    if (holder == null) {
      return 0;
    }
    long here = holder.driver.inForce();
    return takeover == null ? here : takeover.inForce(here);
  }

  /** The name that is wanted, or empty. */
  String named() {
    return choice.named();
  }

  private void look() {
    if (!withdrawn) {
      seat();
      succeed();
    }
    bound.stream().filter(slot -> slot.leftRules && !slot.clearing).toList().forEach(this::clear);
    remember();
    around.changed();
  }

  /** Who sits down without a takeover. */
  private void seat() {
    if (frozen != null) {
      String name = frozen.name();
      pick(each -> each.stream().filter(one -> one.name().equals(name)).findFirst(), true)
          .ifPresent(
              back -> {
                frozen = null;
                back.leftRules = true;
                sit(back);
                restart();
              });
    } else if (holder == null || !holder.enforcing() || !open) {
      DatapathSlot before = holder;
      DatapathSlot first = pick(choice::first, false).orElse(null);
      if (first != before) {
        if (before != null && before.driver.mode() == DatapathDriver.Mode.FED) {
          before.driver.release(); // It enforces nothing: only memory is given back.
        }
        holder = null;
        if (first != null) {
          sit(first);
        }
      }
    }
    if (holder != null && (open || !holder.enforcing())) {
      holder.driver.feed();
      holder.leftRules = false;
    }
  }

  private void sit(DatapathSlot slot) {
    holder = slot;
    bound.forEach(each -> each.leftover = null);
    LOG.log(
        Level.INFO,
        "chosen datapath: {0}",
        slot.name() + (slot.enforcing() ? "" : " (enforces nothing)"));
  }

  private Optional<DatapathSlot> pick(
      Function<List<Candidate>, Optional<Candidate>> wish, boolean enforcing) {
    return wish.apply(
            bound.stream()
                .filter(slot -> slot != holder || !enforcing)
                .filter(slot -> slot.rejection == null && (slot.enforcing() || !enforcing))
                .map(DatapathSlot::candidate)
                .toList())
        .flatMap(
            wanted -> bound.stream().filter(slot -> slot.candidate().equals(wanted)).findFirst());
  }

  /** Whether a takeover is to begin, or to end because something else is wanted. */
  private void succeed() {
    if (!open) {
      return;
    }
    DatapathSlot wanted = wanted().orElse(null);
    if (takeover != null && takeover.successor() != wanted) {
      endTakeover();
    }
    if (takeover == null && wanted != null) {
      takeover = new Takeover(wanted, new Affairs(), coverages, limit, loop);
      takeover.begin();
    }
  }

  private Optional<DatapathSlot> wanted() {
    DatapathSlot sitting = holder;
    Frozen gone = frozen;
    Optional<DatapathSlot> wanted = Optional.empty();
    if (sitting != null && sitting.enforcing()) {
      wanted = pick(others -> choice.successor(others, sitting.candidate()), true);
    } else if (sitting == null && gone != null) {
      wanted = pick(others -> choice.heir(others, gone.name(), gone.waited()), true);
    }
    // Unless it is ordered or begun, it has to show on some pod that it covers it.
    waitsForPod =
        wanted.isPresent()
            && (takeover == null || takeover.successor() != wanted.get())
            && wanted.get() != ordered
            && around.endpoints().isEmpty();
    return waitsForPod ? Optional.empty() : wanted;
  }

  /** Ends the takeover that is under way; whoever was fed for it is released. */
  private void endTakeover() {
    Takeover ending = takeover;
    if (ending == null) {
      return;
    }
    takeover = null;
    ending.end();
    if (holder != null) {
      holder.driver.resume();
    }
    if (ending.successor().mayHoldRules()) {
      release(ending.successor());
    }
  }

  private void release(DatapathSlot slot) {
    slot.leftRules = false;
    slot.leftover = null;
    slot.driver.release();
  }

  /**
   * One is bound in whose switch there are rules from earlier: as long as it is not fed, they must
   * go, unless somebody's protection goes with them.
   */
  private void clear(DatapathSlot slot) {
    if (withdrawn && slot.enforcing()) {
      release(slot);
      return;
    }
    DatapathSlot sitting = holder;
    boolean takesPart = slot == sitting || successor().filter(one -> one == slot).isPresent();
    if (takesPart || sitting == null || sitting.driver.inForce() == 0) {
      return;
    }
    slot.clearing = true;
    leftovers.examine(
        slot, sitting, around.endpoints(), limit, obstacle -> examined(slot, sitting, obstacle));
  }

  private void examined(DatapathSlot slot, DatapathSlot sitting, Optional<Problem> obstacle) {
    boolean stillWaits =
        slot.leftRules && bound.contains(slot) && successor().stream().noneMatch(slot::equals);
    if (stillWaits && obstacle.isPresent()) {
      slot.leftover = obstacle.get();
      loop.after(
          limit,
          () -> {
            slot.clearing = false;
            look();
          });
    } else {
      slot.clearing = false;
      if (stillWaits && holder == sitting) {
        release(slot);
      }
    }
    around.changed();
  }

  private void remember() {
    Set<String> names = new LinkedHashSet<>();
    if (holder != null && holder.enforcing() && holder.mayHoldRules()) {
      names.add(holder.name());
    }
    if (frozen != null) {
      names.add(frozen.name());
    }
    bound.stream()
        .filter(slot -> slot.enforcing() && slot.mayHoldRules())
        .forEach(slot -> names.add(slot.name()));
    names.addAll(left.keySet());
    List<String> now = List.copyOf(names);
    if (!now.equals(remembered)) {
      remembered = now;
      around.remember(now);
    }
  }

  /** What a takeover asks, and how it ends. */
  private final class Affairs implements Takeover.Affairs {
    @Override
    public Collection<LocalEndpoint> endpoints() {
      return around.endpoints();
    }

    @Override
    public Optional<DatapathSlot> holder() {
      return Succession.this.holder();
    }

    @Override
    public Set<EndpointId> lastCovered(Collection<LocalEndpoint> endpoints) {
      Frozen gone = frozen;
      return gone == null ? Coverages.ids(endpoints) : gone.covered(endpoints);
    }

    @Override
    public void fed() {
      remember();
    }

    @Override
    public void rejected(String reason) {
      Takeover failed = takeover;
      if (failed == null) {
        return;
      }
      DatapathSlot slot = failed.successor();
      String stays = holder().map(DatapathSlot::name).or(Succession.this::frozen).orElse("none");
      Problem rejection =
          slot.problem(
              "rejected: " + reason + "; datapath '" + stays + "' stays",
              "mend it, then 'sluice:datapath use " + slot.name() + "' tries again");
      slot.rejection = rejection;
      LOG.log(Level.WARNING, "{0}", rejection);
      endTakeover();
      look();
    }

    @Override
    public void succeeded() {
      Takeover done = takeover;
      if (done == null) {
        return;
      }
      takeover = null;
      done.end();
      DatapathSlot former = holder;
      Frozen gone = frozen;
      sit(done.successor());
      frozen = null;
      if (former != null) {
        release(former);
      }
      if (gone != null) {
        left.put(gone.name(), gone);
      }
      look();
    }
  }
}
