package io.sluice.kit.cluster;

import io.sluice.api.resource.Change;
import io.sluice.api.resource.ClaimedResource;
import io.sluice.api.resource.Endpoint;
import io.sluice.api.resource.Namespace;
import io.sluice.api.resource.Resource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Changes a cluster, step by step, in all the ways that clusters change. */
public final class RandomChanges {
  private final Dice dice;
  private final RandomCluster maker;
  private Cluster cluster;
  private int generation;

  /** Begins with this cluster. */
  public RandomChanges(Dice dice, Cluster cluster) {
    this.dice = dice;
    this.maker = new RandomCluster(dice);
    this.cluster = cluster;
  }

  /** The cluster after the last step. */
  public Cluster cluster() {
    return cluster;
  }

  /** One step: mostly one change, sometimes a few at once. */
  public List<Change> next() {
    List<Change> changes = new ArrayList<>();
    int count = dice.percent(70) ? 1 : dice.between(2, 4);
    while (changes.size() < count) {
      List<Change> drawn = draw();
      changes.addAll(drawn);
      cluster = cluster.with(drawn);
    }
    return List.copyOf(changes);
  }

  private List<Change> draw() {
    int kind = dice.below(100);
    if (kind < 55) {
      return podChange();
    }
    if (kind < 72) {
      return namespaceChange();
    }
    if (kind < 97) {
      return policyChange();
    }
    generation++;
    return upsert(maker.node(dice.below(Words.NODES.size()), generation));
  }

  private List<Change> podChange() {
    List<Endpoint> pods = cluster.endpoints();
    if (pods.size() < 4 || (pods.size() < 16 && dice.percent(20))) {
      return upsert(maker.pod(cluster, dice.pick(Words.NAMESPACES)));
    }
    Endpoint pod = dice.pick(pods);
    return switch (dice.below(7)) {
      case 0 -> List.of(new Change.Delete(pod.key()));
      case 1, 2 ->
          upsert(
              new PodEdit(pod)
                  .labels(maker.pods().labels(Words.LABEL_KEYS, Words.LABEL_VALUES))
                  .done());
      case 3 ->
          upsert(
              pod.network() == Endpoint.Network.HOST
                  ? pod
                  : new PodEdit(pod).addresses(maker.pods().addresses(cluster)).done());
      case 4 ->
          upsert(
              new PodEdit(pod)
                  .lifecycle(
                      dice.percent(70) ? Endpoint.Lifecycle.FINISHED : Endpoint.Lifecycle.LIVE)
                  .done());
      case 5 ->
          upsert(
              new PodEdit(maker.pods().pod(without(pod), pod.namespace(), pod.name()))
                  .uid("uid-new-" + dice.below(1_000_000))
                  .done());
      default ->
          upsert(
              new PodEdit(pod).ports(maker.pods().ports()).started(maker.pods().started()).done());
    };
  }

  private Cluster without(Resource resource) {
    return cluster.with(List.of(new Change.Delete(resource.key())));
  }

  private List<Change> namespaceChange() {
    String name = dice.pick(Words.NAMESPACES);
    @Nullable Resource known = cluster.resources().get(Namespace.key(name));
    if (known == null || dice.percent(65)) {
      return upsert(maker.namespace(name));
    }
    List<Change> changes = new ArrayList<>();
    changes.add(new Change.Delete(known.key()));
    if (dice.percent(40)) {
      // The whole namespace ends, and with it what is in it, in any order.
      cluster.resources().keySet().stream()
          .filter(key -> key.namespace().equals(name))
          .forEach(key -> changes.add(new Change.Delete(key)));
    }
    return dice.shuffled(changes);
  }

  private List<Change> policyChange() {
    List<ClaimedResource> policies = cluster.policies();
    if (policies.isEmpty() || (policies.size() < 9 && dice.percent(40))) {
      return upsert(maker.policy(dice.pick(Words.NAMESPACES)));
    }
    ClaimedResource policy = dice.pick(policies);
    return dice.percent(40)
        ? List.of(new Change.Delete(policy.key()))
        : upsert(maker.policy(policy.key().namespace(), policy.key().name()));
  }

  private static List<Change> upsert(Resource resource) {
    return List.of(new Change.Upsert(resource));
  }
}
