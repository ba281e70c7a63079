package io.sluice.datapath.ovs.openflow;

import java.util.List;
import java.util.stream.Collectors;

/** The switch refused a bundle; nothing of it took effect. */
public final class BundleFailedException extends Exception {
  private static final long serialVersionUID = 1L;
  private static final int SHOWN = 5;

  /** A part of a bundle that was refused. */
  public record Refusal(FlowMod mod, String error) {}

  private final transient List<Refusal> refusals;

  BundleFailedException(List<Refusal> refusals, List<String> others) {
    super(text(refusals, others));
    this.refusals = List.copyOf(refusals);
  }

  private static String text(List<Refusal> refusals, List<String> others) {
    String text =
        refusals.stream()
            .limit(SHOWN)
            .map(
                refusal ->
                    refusal.error + " for " + refusal.mod.command() + " " + refusal.mod.flow())
            .collect(Collectors.joining("; "));
    String more = refusals.size() > SHOWN ? "; and " + (refusals.size() - SHOWN) + " more" : "";
    String rest = others.isEmpty() ? "" : "; " + String.join("; ", others);
    return "bundle refused: " + text + more + rest;
  }

  /** The changes that were refused, each with the error in words. */
  public List<Refusal> refusals() {
    return refusals;
  }
}
