package io.sluice.engine.core;

import io.sluice.api.control.Finding;
import io.sluice.api.control.Finding.Severity;
import io.sluice.api.net.Cidr;
import io.sluice.api.net.IpAddress;
import io.sluice.api.policy.Peer;
import io.sluice.api.policy.TranslatedPolicy;
import io.sluice.api.resource.Endpoint;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * What a {@link Lint} has seen.
 *
 * @param findings what it found on its way
 * @param blocks the address blocks of all rules
 * @param pods the pods
 * @param sources the policies
 * @param policies how many policies there were
 */
public record LintFacts(
    List<Finding> findings,
    List<BlockUse> blocks,
    List<Endpoint> pods,
    List<TranslatedPolicy> sources,
    int policies) {
  /**
   * An address block in a rule.
   *
   * @param policy the policy's name
   * @param field where it stands
   * @param block the block
   */
  record BlockUse(String policy, String field, Peer.Block block) {}

  /** Copies the lists. */
  public LintFacts {
    findings = List.copyOf(findings);
    blocks = List.copyOf(blocks);
    sources = List.copyOf(sources);
  }

  /** Everything, sorted. May take a second; to be called on a thread that nobody waits for. */
  public List<Finding> conclude() {
    List<Finding> all = new ArrayList<>(findings);
    NavigableMap<IpAddress, Endpoint> owners = owners(all);
    for (BlockUse use : blocks) {
      covered(use, owners, all);
    }
    all.addAll(Redundancy.among(sources));
    all.sort(null);
    return List.copyOf(all);
  }

  /** Who has which address; two that have the same one are a finding. */
  private NavigableMap<IpAddress, Endpoint> owners(List<Finding> found) {
    Map<IpAddress, Endpoint> first = HashMap.newHashMap(pods.size());
    Map<IpAddress, List<String>> shared = new TreeMap<>();
    for (Endpoint pod : pods) {
      for (IpAddress address : pod.addresses()) {
        Endpoint other = first.putIfAbsent(address, pod);
        if (other != null && !other.equals(pod)) {
          shared
              .computeIfAbsent(address, key -> new ArrayList<>(List.of(other.path())))
              .add(pod.path());
        }
      }
    }
    shared.forEach(
        (address, paths) ->
            found.add(
                new Finding(
                    "shared-address",
                    Severity.WARNING,
                    "Address/" + address,
                    "status.podIPs",
                    "live pods with the same address: "
                        + String.join(", ", paths.stream().sorted().toList())
                        + "; a packet must pass the policies of all of them, and selectors see the"
                        + " one that began last",
                    "nothing, if one of them is about to end; else see why its address was given"
                        + " away")));
    return new TreeMap<>(first);
  }

  private static void covered(
      BlockUse use, NavigableMap<IpAddress, Endpoint> owners, List<Finding> found) {
    int count = 0;
    String example = "";
    for (Cidr part : use.block().cidr().minus(use.block().except())) {
      // Host bits set: the last address of the block.
      var inside = owners.subMap(part.base(), true, last(part), true);
      count += inside.size();
      if (example.isEmpty() && !inside.isEmpty()) {
        example = inside.firstEntry().getValue().path() + " (" + inside.firstKey() + ")";
      }
    }
    if (count == 0) {
      return;
    }
    boolean everything = use.block().cidr().prefix() == 0;
    found.add(
        new Finding(
            "block-covers-pods",
            everything ? Severity.HINT : Severity.WARNING,
            use.policy(),
            use.field(),
            "ipBlock "
                + use.block().cidr()
                + " covers the addresses of "
                + (count == 1 ? "1 pod" : count + " pods")
                + ", for example "
                + example
                + ": it matches them whatever their labels are, and later whoever has got these"
                + " addresses",
            everything
                ? "take the pods' range out with except, if only the outside is meant"
                : "select pods by podSelector and namespaceSelector, or take their range out with"
                    + " except"));
  }

  private static IpAddress last(Cidr block) {
    int host = block.family().bits() - block.prefix();
    long low = host >= 64 ? -1L : (1L << host) - 1;
    long high = host <= 64 ? 0 : host == 128 ? -1L : (1L << (host - 64)) - 1;
    IpAddress base = block.base();
    return new IpAddress(base.family(), base.high() | high, base.low() | low);
  }
}
