package io.sluice.engine.host;

import io.sluice.api.resource.ResourceKey;
import io.sluice.api.resource.ResourceKind;
import io.sluice.api.source.EventSource;
import io.sluice.api.source.SessionRequest;
import io.sluice.api.source.SourceSession;
import io.sluice.api.source.SourceStatus;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.MessageConsumer;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Opens a session with every bound source, takes its batches from the bus and answers them with
 * credit. A gap, another epoch or a lost answer ends a session and opens the next one.
 */
final class SessionServer {
  private static final Logger LOG = System.getLogger(SessionServer.class.getName());

  private final Map<String, SourceSlot> slots = new TreeMap<>();
  private final Map<Long, Session> open = new HashMap<>();
  private final String address = "sluice.engine.sessions." + UUID.randomUUID();
  private final EventBus bus;
  private final Holdings holdings;
  private final Inbox inbox;
  private final Counters counters;
  private final Runnable changed;
  private final Loop loop;
  private final MessageConsumer<Message> consumer;
  private Set<ResourceKind> claimed = Set.of();
  private long sessions;

  /**
   * Makes one; to be called on the loop.
   *
   * @param changed told when a source came, went, was synced or has another state
   */
  SessionServer(
      EventBus bus,
      Holdings holdings,
      Inbox inbox,
      Counters counters,
      Runnable changed,
      Loop loop) {
    this.bus = bus;
    this.holdings = holdings;
    this.inbox = inbox;
    this.counters = counters;
    this.changed = changed;
    this.loop = loop;
    consumer = bus.localConsumer(address, this::receive);
  }

  Collection<SourceSlot> slots() {
    return slots.values();
  }

  /** A source said something in an earlier life, whether it is bound by now or not. */
  void remember(String name) {
    SourceSlot slot = slots.computeIfAbsent(name, SourceSlot::new);
    slot.inCopy = true;
  }

  /** A source that is not bound is forgotten, as if it had never been. */
  void forget(String name) {
    SourceSlot slot = slots.get(name);
    if (slot != null && !slot.isBound()) {
      slots.remove(name);
      changed.run();
    }
  }

  /** Sources of an earlier life that have not come by now are away. */
  void giveUpWaiting() {
    for (SourceSlot slot : slots.values()) {
      if (!slot.isBound() && slot.status.state() == SourceStatus.State.CONNECTING) {
        slot.says(
            new SourceStatus(
                SourceStatus.State.LOST,
                "has not been bound since the start; what it said before is kept",
                List.of()),
            loop.nanos());
      }
    }
    changed.run();
  }

  /** Whether a source has said in this life what it holds of this key, or that it holds none. */
  boolean hasSpoken(String name, ResourceKey key) {
    SourceSlot slot = slots.get(name);
    Session session = slot == null ? null : slot.session;
    return session != null && session.hasSpokenOf(key);
  }

  /** Whether every source that there is, or was, has delivered everything since the start. */
  boolean allDelivered() {
    return slots.values().stream()
        .filter(slot -> slot.isBound() || slot.inCopy)
        .allMatch(slot -> slot.delivered);
  }

  /** Whether what the engine holds is what every source says at this moment. */
  boolean inContact() {
    return !slots.isEmpty() && slots.values().stream().allMatch(SourceSlot::inStep);
  }

  /** A source came; if one of its name was there, the new one speaks now. */
  void bind(String name, EventSource source) {
    SourceSlot slot = slots.computeIfAbsent(name, SourceSlot::new);
    slot.bound.add(source);
    reopen(slot);
    changed.run();
  }

  /** A source went. What it said is kept: a source that is gone deletes nothing. */
  void unbind(EventSource source) {
    for (SourceSlot slot : slots.values()) {
      if (!slot.isBound()) {
        continue;
      }
      boolean spoke = slot.bound.getLast() == source;
      slot.bound.removeIf(bound -> bound == source);
      if (spoke) {
        reopen(slot);
      }
      if (!slot.isBound()) {
        slot.says(
            new SourceStatus(
                SourceStatus.State.LOST, "is not bound any more; what it said is kept", List.of()),
            loop.nanos());
      }
    }
    changed.run();
  }

  /** Other kinds are claimed now: every session is opened again and asks for them. */
  void claim(Set<ResourceKind> kinds) {
    if (!kinds.equals(claimed)) {
      claimed = kinds;
      slots.values().forEach(this::reopen);
      changed.run();
    }
  }

  /** Ends all sessions. */
  void close() {
    slots.values().forEach(this::end);
    consumer.unregister();
  }

  private void reopen(SourceSlot slot) {
    end(slot);
    if (!slot.isBound()) {
      return;
    }
    Session session = new Session(++sessions, slot, claimed);
    slot.session = session;
    open.put(session.id(), session);
    BusSink sink = new BusSink(bus, address, session.id(), loop, this::broken);
    try {
      session.opened(slot.bound.getLast().open(new SessionRequest(claimed), sink));
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "source " + slot.name + " broke its contract: open failed", e);
      slot.says(
          new SourceStatus(
              SourceStatus.State.LOST, "could not be opened: " + Calls.text(e), List.of()),
          loop.nanos());
      broken(session.id(), "open failed");
    }
  }

  private void end(SourceSlot slot) {
    Session session = slot.session;
    if (session == null) {
      return;
    }
    slot.session = null;
    open.remove(session.id());
    SourceSession end = session.end();
    if (end != null) {
      try {
        end.close();
      } catch (RuntimeException e) {
        LOG.log(Level.ERROR, "source " + slot.name + " broke its contract: close failed", e);
      }
    }
  }

  private void receive(io.vertx.core.eventbus.Message<Message> message) {
    switch (message.body()) {
      case Message.Said said -> said(said);
      case Message.Sent sent -> {
        String refusal = sent(sent);
        if (refusal.isEmpty()) {
          message.reply(null);
        } else {
          message.fail(0, refusal);
        }
      }
    }
  }

  private void said(Message.Said said) {
    Session session = open.get(said.session());
    if (session != null) {
      session.slot().says(said.status(), loop.nanos());
      changed.run();
    }
  }

  /** Takes a batch; returns why it is refused, or nothing. */
  private String sent(Message.Sent sent) {
    Session session = open.get(sent.session());
    if (session == null) {
      counters.count(Counters.BATCHES_STALE);
      return "another session was opened since";
    }
    String wrong = session.wrong(sent.batch());
    if (wrong != null) {
      broken(session.id(), wrong);
      return wrong;
    }
    session.taken(sent.batch());
    String source = session.slot().name;
    inbox.take(source, sent.batch().changes(), sent.nanos());
    if (sent.batch().synced() && !session.synced()) {
      List<ResourceKey> gone = session.sweep(holdings);
      inbox.forget(source, gone, sent.nanos());
      session.slot().delivered = true;
      session.slot().pauses.reset();
      changed.run();
    }
    return "";
  }

  /** A session can't go on; the next one is opened after a pause. */
  private void broken(long id, String why) {
    Session session = open.get(id);
    if (session == null) {
      return;
    }
    SourceSlot slot = session.slot();
    counters.count(Counters.SESSIONS_BROKEN);
    LOG.log(Level.WARNING, "session {0} with source {1} broke: {2}", id, slot.name, why);
    end(slot);
    loop.after(
        slot.pauses.next(),
        () -> {
          if (slot.session == null) {
            reopen(slot);
          }
        });
    changed.run();
  }
}
