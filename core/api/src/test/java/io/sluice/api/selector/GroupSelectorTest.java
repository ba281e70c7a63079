package io.sluice.api.selector;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.resource.Endpoint;
import io.sluice.api.resource.Namespace;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GroupSelectorTest {
  private static final Optional<Namespace> SHOP =
      Optional.of(new Namespace("shop", Map.of(Namespace.NAME_LABEL, "shop", "team", "a"), ""));
  private static final LabelSelector WEB = LabelSelector.of(Requirement.equal("app", "web"));
  private static final LabelSelector NOT_TEAM_B =
      LabelSelector.of(Requirement.notIn("team", List.of("b")));

  @Test
  void aNamedNamespaceNeedsNoObject() {
    GroupSelector web = new GroupSelector(new NamespaceScope.Named("shop"), WEB);
    assertTrue(web.selects(pod("shop", "web", Endpoint.Network.POD), Optional.empty()));
    assertFalse(web.selects(pod("shop", "db", Endpoint.Network.POD), Optional.empty()));
    assertFalse(web.selects(pod("yard", "web", Endpoint.Network.POD), Optional.empty()));
  }

  @Test
  void aNamespaceThatIsNotKnownMatchesNoSelector() {
    GroupSelector others =
        new GroupSelector(new NamespaceScope.Matching(NOT_TEAM_B), LabelSelector.EVERYTHING);
    Endpoint pod = pod("shop", "web", Endpoint.Network.POD);
    assertTrue(others.selects(pod, SHOP));
    assertFalse(others.selects(pod, Optional.empty()));
    GroupSelector all = new GroupSelector(NamespaceScope.ALL, LabelSelector.EVERYTHING);
    assertFalse(all.selects(pod, Optional.empty()));
  }

  @Test
  void aPodOnItsNodesNetworkIsNoMember() {
    GroupSelector web = new GroupSelector(new NamespaceScope.Named("shop"), WEB);
    assertFalse(web.selects(pod("shop", "web", Endpoint.Network.HOST), SHOP));
  }

  private static Endpoint pod(String namespace, String app, Endpoint.Network network) {
    return new Endpoint(
        namespace,
        app,
        "",
        "node-1",
        Map.of("app", app),
        List.of(),
        List.of(),
        List.of(),
        network,
        Endpoint.Lifecycle.LIVE,
        Instant.EPOCH,
        "test");
  }
}
