package io.sluice.translator.networkpolicy;

import io.sluice.api.policy.Peer;
import io.sluice.api.selector.GroupSelector;
import io.sluice.api.selector.LabelSelector;
import io.sluice.api.selector.NamespaceScope;
import java.util.Map;
import java.util.Optional;

/** Reads API type {@code NetworkPolicyPeer}. */
final class PeerReader {
  private static final String ITEM_OF_ITS_OWN = "write it as a list item of its own, with '- '";
  private static final KnownFields PEER =
      KnownFields.of("podSelector", "namespaceSelector", "ipBlock")
          .notHere(
              Map.of(
                  "cidr", "it stands under 'ipBlock'",
                  "except", "it stands under 'ipBlock'",
                  "matchLabels", "it stands under 'podSelector' or 'namespaceSelector'",
                  "matchExpressions", "it stands under 'podSelector' or 'namespaceSelector'",
                  "ports", "it stands beside the list of peers, not in it"));

  private PeerReader() {}

  /**
   * The peer that one item means.
   *
   * @param namespace the policy's own namespace, where a pod selector without a namespace selector
   *     looks
   */
  static Optional<Peer> read(Field field, String namespace) {
    int before = field.problems();
    Fields fields = field.object(PEER);
    Field pods = fields.get("podSelector");
    Field namespaces = fields.get("namespaceSelector");
    Field block = fields.get("ipBlock");
    boolean selects = pods.given() || namespaces.given();
    Optional<Peer> peer = Optional.empty();
    if (block.given()) {
      peer = BlockReader.read(block);
      if (selects) {
        block.problem("ipBlock beside a selector in one peer", ITEM_OF_ITS_OWN);
      }
    }
    if (selects) {
      // An absent pod selector beside a namespace selector takes every pod of these namespaces.
      LabelSelector labels = SelectorReader.read(pods);
      NamespaceScope scope =
          namespaces.given()
              ? new NamespaceScope.Matching(SelectorReader.read(namespaces))
              : new NamespaceScope.Named(namespace);
      peer = Optional.of(new Peer.Pods(new GroupSelector(scope, labels)));
    }
    if (peer.isEmpty() && field.problems() == before) {
      field.problem(
          "a peer that names nobody",
          "give podSelector, namespaceSelector or ipBlock; for anyone, leave out the whole list");
    }
    return field.problems() > before ? Optional.empty() : peer;
  }
}
