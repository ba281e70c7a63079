package io.sluice.engine.host;

import io.sluice.api.control.NotSettledException;
import io.sluice.api.control.Settled;
import io.sluice.api.datapath.DatapathStatus;
import io.sluice.api.resource.Problem;
import io.sluice.api.source.SourceSession;
import io.sluice.api.source.SourceStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Answers the question whether everything is in force: has every source read its input again, then
 * waits until the revision that holds it is in force at the chosen datapath.
 */
final class Settler {
  private static final Duration RETRY = Duration.ofMillis(50);

  private final SessionServer sessions;
  private final PolicyBook policies;
  private final HostAddresses addresses;
  private final Gate gate;
  private final Datapaths datapaths;
  private final DatapathBoard board;
  private final Turn turn;
  private final Loop loop;
  private final Calls calls;
  private final Set<Question> questions = new HashSet<>();

  Settler(
      SessionServer sessions,
      PolicyBook policies,
      HostAddresses addresses,
      Gate gate,
      Datapaths datapaths,
      DatapathBoard board,
      Turn turn,
      Loop loop) {
    this.sessions = sessions;
    this.policies = policies;
    this.addresses = addresses;
    this.gate = gate;
    this.datapaths = datapaths;
    this.board = board;
    this.turn = turn;
    this.loop = loop;
    calls = new Calls(loop);
  }

  CompletionStage<Settled> settle(Duration timeout) {
    Question question = new Question(loop.nanos());
    questions.add(question);
    question.cancelTimer = loop.after(timeout, () -> question.timeout(timeout));
    calls.call(
        addresses::refresh, done -> question.askSources(), question.answer::completeExceptionally);
    return question.answer;
  }

  /** How many questions are not answered yet. */
  int waiting() {
    return questions.size();
  }

  /** Something has moved that a question may wait for. */
  void progressed() {
    List.copyOf(questions).forEach(Question::look);
  }

  /** No question will be answered any more. */
  void stop() {
    for (Question question : List.copyOf(questions)) {
      question.fail("the engine stops", List.of());
    }
  }

  /** One call of settle. */
  private final class Question {
    private final CompletableFuture<Settled> answer = new CompletableFuture<>();
    private final long began;
    private final Set<String> unread = new HashSet<>();
    private @Nullable Runnable cancelTimer;
    private boolean asked;
    private boolean reading = true;
    private long target;

    Question(long began) {
      this.began = began;
    }

    void askSources() {
      asked = true;
      for (SourceSlot slot : sessions.slots()) {
        unread.add(slot.name);
      }
      for (SourceSlot slot : List.copyOf(sessions.slots())) {
        ask(slot);
      }
      if (unread.isEmpty()) {
        again(this::askSourcesAgain);
      }
    }

    /** No source is bound yet; one may still come. */
    private void askSourcesAgain() {
      if (!answer.isDone()) {
        askSources();
      }
    }

    private void ask(SourceSlot slot) {
      if (answer.isDone()) {
        return;
      }
      Session session = slot.session;
      SourceSession end = session == null ? null : session.end();
      if (!slot.isBound()) {
        answered(slot, slot.status);
      } else if (end == null) {
        again(() -> ask(slot));
      } else {
        calls.call(
            end::reread,
            status -> answered(slot, status),
            ended -> again(() -> ask(slot))); // By a new session; the time limit ends this.
      }
    }

    private void again(Runnable attempt) {
      loop.after(RETRY, attempt);
    }

    private void answered(SourceSlot slot, SourceStatus status) {
      switch (status.state()) {
        case LOST, DEGRADED -> fail(sourceMessage(slot.name, status), status.problems());
        case CONNECTING -> again(() -> ask(slot));
        case SYNCED -> {
          if (slot.synced()) {
            unread.remove(slot.name);
            if (unread.isEmpty()) {
              allRead();
            }
          } else {
            again(() -> ask(slot));
          }
        }
      }
    }

    private void allRead() {
      if (answer.isDone()) {
        return;
      }
      List<Problem> rejected = policies.problems();
      if (!rejected.isEmpty()) {
        fail("not every policy is in force as written", rejected);
        return;
      }
      target = turn.commit();
      reading = false;
      look();
    }

    /** Whether it is in force now. */
    void look() {
      Optional<DatapathDriver> chosen = datapaths.chosen();
      if (answer.isDone() || reading || chosen.isEmpty() || !gate.blockers().isEmpty()) {
        return;
      }
      DatapathDriver driver = chosen.get();
      if (datapaths.inForce() >= target && driver.status().state() == DatapathStatus.State.READY) {
        end();
        answer.complete(
            new Settled(
                target,
                driver.candidate().name(),
                driver.candidate().enforcing(),
                Duration.ofNanos(loop.nanos() - began)));
      }
    }

    void timeout(Duration limit) {
      List<Problem> problems = new ArrayList<>();
      String waiting;
      if (!asked) {
        waiting = "the host's addresses are still being looked up";
      } else if (reading) {
        waiting =
            unread.isEmpty()
                ? "no source is bound"
                : unread.stream()
                    .sorted()
                    .collect(Collectors.joining("', '", "not read again: source '", "'"));
      } else {
        List<String> blockers = gate.blockers();
        waiting = blockers.isEmpty() ? whyNotInForce() : String.join("; ", blockers);
        problems.addAll(board.problems());
      }
      fail("not settled after " + limit.toMillis() + " ms: " + waiting, problems);
    }

    private String whyNotInForce() {
      return datapaths
          .chosen()
          .map(
              driver -> {
                DatapathStatus status = driver.status();
                return "datapath '"
                    + driver.candidate().name()
                    + "' is "
                    + status.state().name().toLowerCase(Locale.ROOT)
                    + " ("
                    + status.detail()
                    + "), revision "
                    + datapaths.inForce()
                    + " is in force there, "
                    + target
                    + " is wanted"
                    + driver.failure().map(why -> "; " + why).orElse("");
              })
          .orElseGet(datapaths::whyNone);
    }

    void fail(String message, List<Problem> problems) {
      end();
      answer.completeExceptionally(new NotSettledException(message, problems));
    }

    private void end() {
      questions.remove(this);
      if (cancelTimer != null) {
        cancelTimer.run();
      }
    }
  }

  private static String sourceMessage(String name, SourceStatus status) {
    return "source '"
        + name
        + "' "
        + (status.state() == SourceStatus.State.LOST ? "has lost contact: " : "refuses input: ")
        + status.detail();
  }
}
