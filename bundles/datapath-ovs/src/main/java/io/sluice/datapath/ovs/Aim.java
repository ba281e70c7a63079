package io.sluice.datapath.ovs;

import io.sluice.api.resource.Problem;
import io.sluice.datapath.ovs.openflow.Flow;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;

/**
 * What a bridge is led to: the settings in force, and those that shall follow them as soon as the
 * bridge allows it. Until then the ones in force stay, and it is known what is in the way.
 */
final class Aim {
  private Settings inForce;
  private Optional<Settings> candidate = Optional.empty();
  private Optional<Problem> obstacle = Optional.empty();
  private boolean refused;
  private Settings aimed;
  private boolean sampling = true;
  private boolean portless;
  private OptionalInt carried = OptionalInt.empty();

  Aim(Settings settings) {
    this.inForce = settings;
    this.aimed = settings;
  }

  /** Other settings shall be in force. */
  void want(Settings now) {
    candidate = now.equals(inForce) ? Optional.empty() : Optional.of(now);
    obstacle = Optional.empty();
    refused = false;
  }

  /** Nothing is in force yet: what is wanted is. */
  void begin() {
    inForce = candidate.orElse(inForce);
    aimed = inForce;
    candidate = Optional.empty();
    obstacle = Optional.empty();
  }

  /**
   * Which settings to aim at, for a switch in this state: the candidate if nothing is in its way.
   *
   * @param lacking what the bridge lacks for settings
   */
  Settings choose(Survey survey, Function<Settings, Optional<Problem>> lacking) {
    aimed = inForce;
    if (candidate.isPresent() && !refused) {
      Settings next = candidate.get();
      obstacle = survey.refusal(next).or(() -> lacking.apply(next)).map(this::waiting);
      aimed = obstacle.isEmpty() ? next : inForce;
    }
    return aimed;
  }

  private Problem waiting(Problem problem) {
    return new Problem(
        problem.origin(),
        problem.object(),
        problem.field(),
        problem.message() + "; until then the old configuration is in force",
        problem.remedy());
  }

  /** The switch refused what was aimed at; returns whether there is something to go back to. */
  boolean back(Throwable cause) {
    if (aimed.equals(inForce)) {
      return false;
    }
    refused = true;
    obstacle =
        Optional.of(
            waiting(
                new Problem(
                    "ovs",
                    "Bridge/" + aimed.home().bridge(),
                    "configuration",
                    "the switch refused the flows of the new one: " + cause.getMessage(),
                    "correct io.sluice.datapath.ovs.cfg")));
    aimed = inForce;
    return true;
  }

  /** What was aimed at is in force; tells whether that is news. */
  boolean reached() {
    if (aimed.equals(inForce)) {
      return false;
    }
    begin();
    return true;
  }

  /** What the flows depend on, given the zones in which the switch tracks connections now. */
  PipelineOptions options(Survey survey) {
    int zone = aimed.options().zone();
    OptionalInt other =
        survey.tracking().contains(zone) || survey.tracking().size() != 1
            ? OptionalInt.empty()
            : OptionalInt.of(survey.tracking().iterator().next());
    boolean carry = other.isPresent() && !other.equals(carried);
    PipelineOptions options = aimed.options().on(sampling, portless);
    return carry ? options.tracking(other.getAsInt(), OptionalInt.of(zone)) : options;
  }

  /** What the flows depend on while nothing is known of the switch. */
  PipelineOptions options() {
    return aimed.options().on(sampling, portless);
  }

  /** Connections have been carried over from this zone. */
  void carried(int zone) {
    carried = OptionalInt.of(zone);
  }

  /** The flow by which packets may enter by the candidate's first table already. */
  List<Flow> landing(Survey survey) {
    List<Flow> flows = new ArrayList<>();
    Layout now = aimed.options().layout();
    candidate
        .map(next -> next.options().layout())
        .filter(next -> obstacle.isPresent() && next.first() != now.first())
        .filter(next -> survey.intruders(next).isEmpty())
        .ifPresent(next -> flows.add(Latecomers.landing(next, now)));
    return flows;
  }

  /** The layouts that are, or may be to come. */
  List<Layout> layouts() {
    List<Layout> layouts = new ArrayList<>(List.of(inForce.options().layout()));
    candidate.map(next -> next.options().layout()).ifPresent(layouts::add);
    return layouts;
  }

  /** What the switch can do; tells whether that is news. */
  boolean able(boolean samples, boolean noPorts) {
    boolean news = sampling != samples || portless != noPorts;
    sampling = samples;
    portless = noPorts;
    return news;
  }

  boolean sampling() {
    return sampling;
  }

  boolean portless() {
    return portless;
  }

  /** The settings that the flows are made for. */
  Settings aimed() {
    return aimed;
  }

  /** The settings that the bridge has been brought to. */
  Settings inForce() {
    return inForce;
  }

  /** The settings wanted in the end. */
  Settings wanted() {
    return candidate.orElse(inForce);
  }

  /** Whether other settings wait for the bridge to allow them. */
  boolean waiting() {
    return candidate.isPresent() && obstacle.isPresent();
  }

  /** What is in the way of the settings that shall follow. */
  Optional<Problem> obstacle() {
    return obstacle;
  }
}
