package io.sluice.manifests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.resource.ClaimedResource;
import io.sluice.api.resource.Endpoint;
import io.sluice.api.resource.ResourceKey;
import io.sluice.api.resource.ResourceKind;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ApiReaderTest {
  private static final String SERVER = "https://10.0.0.1:6443";

  private static ApiReader reader(ResourceKind kind) {
    return new ApiReader(kind, "v1", SERVER);
  }

  private static InputStream stream(String json) {
    return new ByteArrayInputStream(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }

  private static String list(String... items) {
    return "{'kind':'List','metadata':{'resourceVersion':'7','continue':'next'},'items':["
        + String.join(",", items)
        + "]}";
  }

  private static String pod(String name, String phase) {
    return "{'metadata':{'name':'"
        + name
        + "','namespace':'a','resourceVersion':'5','labels':{'app':'web'},'annotations':{'x':7},"
        + "'ofALaterVersion':{}},'spec':{'nodeName':'n','volumes':[{'a':[[{}]]}],'containers':[{"
        + "'name':'main','ports':[{'name':'http','containerPort':80,'later':1}]}]},'status':{"
        + "'phase':'"
        + phase
        + "','podIPs':[{'ip':'10.0.0.1'}]},'more':{}}";
  }

  private static List<ApiItem> items(ApiReader reader, String json) throws IOException {
    List<ApiItem> items = new ArrayList<>();
    ApiListEnd end = reader.list(stream(json), items::add);
    assertEquals(new ApiListEnd("7", "next"), end);
    return items;
  }

  private static Endpoint endpoint(ApiItem item) {
    return (Endpoint) assertInstanceOf(ApiItem.Read.class, item).resource();
  }

  @Test
  void podsAreProjectedAndWhatIsNotNeededIsNotLookedAt() throws Exception {
    List<ApiItem> items =
        items(
            reader(ResourceKind.POD),
            list(pod("one", "Running"), pod("bad", "Dancing"), pod("two", "Pending")));

    Endpoint one = endpoint(items.get(0));
    assertEquals("n", one.nodeName());
    assertEquals("10.0.0.1", one.addresses().getFirst().toString());
    assertEquals(80, one.ports().getFirst().number());
    assertEquals(SERVER, one.origin());
    ApiItem.Refused bad = assertInstanceOf(ApiItem.Refused.class, items.get(1));
    assertEquals(Optional.of(new ResourceKey(ResourceKind.POD, "a", "bad")), bad.key());
    assertEquals("status.phase", bad.problems().getFirst().field());
    Endpoint two = endpoint(items.get(2));
    assertSame(one.labels(), two.labels());
    assertSame(one.ports(), two.ports());
  }

  @Test
  void aClaimedObjectIsWholeButForTheServersBookkeeping() throws Exception {
    String policy =
        "{'metadata':{'name':'p','namespace':'a','uid':'u','resourceVersion':'5','managedFields':"
            + "[{'manager':'x'}],'labels':{'l':'v'}},'spec':{'podSelector':null,'n':1,'d':0.5,"
            + "'b':true,'list':[1,'x']}}";
    ApiItem item = items(reader(ResourceKind.NETWORK_POLICY), list(policy)).getFirst();

    ClaimedResource resource =
        (ClaimedResource) assertInstanceOf(ApiItem.Read.class, item).resource();
    assertEquals("v1", resource.version());
    assertEquals("u", resource.uid());
    assertEquals("NetworkPolicy", resource.content().get("kind"));
    assertEquals("networking.k8s.io/v1", resource.content().get("apiVersion"));
    assertEquals(
        Map.of(
            "podSelector",
            ClaimedResource.NULL,
            "n",
            1L,
            "d",
            0.5,
            "b",
            true,
            "list",
            List.of(1L, "x")),
        resource.content().get("spec"));
    Map<?, ?> metadata =
        (Map<?, ?>) Objects.requireNonNull(resource.content().get("metadata"), "metadata");
    assertTrue(metadata.containsKey("labels"));
    assertFalse(metadata.containsKey("managedFields"));
    assertFalse(metadata.containsKey("resourceVersion"), "it changes with every write");
  }

  @Test
  void aListThatBreaksOffIsNone() {
    String whole = list(pod("one", "Running"), pod("two", "Running")).replace('\'', '"');
    for (int length = 0; length < whole.length(); length++) {
      String part = whole.substring(0, length);
      assertThrows(
          IOException.class, () -> reader(ResourceKind.POD).list(stream(part), item -> {}), part);
    }
    for (String other : new String[] {"[]", "7", "{}", "{'kind':'Status','code':500}", "{'a'"}) {
      assertThrows(
          IOException.class, () -> reader(ResourceKind.POD).list(stream(other), item -> {}));
    }
  }

  @Test
  void aWatchIsReadEventByEvent() throws Exception {
    String lines =
        "{'type':'ADDED','object':"
            + pod("one", "Running")
            + "}\n{'type':'DELETED','object':"
            + pod("one", "Running")
            + "}\n{'type':'BOOKMARK','object':{'metadata':{'resourceVersion':'9'}}}\n"
            + "{'type':'ERROR','object':{'kind':'Status','code':410,'message':'too old'}}\n"
            + "{'type':'ADDED','object':{'metadata':";
    try (ApiReader.Watch watch = reader(ResourceKind.POD).watch(stream(lines))) {
      ApiEvent.Changed changed = (ApiEvent.Changed) watch.next().orElseThrow();
      assertEquals("one", endpoint(changed.item()).name());
      assertEquals("5", changed.resourceVersion());
      assertEquals(
          new ApiEvent.Deleted(new ResourceKey(ResourceKind.POD, "a", "one"), "5"),
          watch.next().orElseThrow());
      assertEquals(new ApiEvent.Bookmark("9"), watch.next().orElseThrow());
      assertEquals(new ApiEvent.Failed(410, " too old"), watch.next().orElseThrow());
      assertEquals(Optional.empty(), watch.next(), "a line that was cut off says nothing");
    }
    for (String odd : new String[] {"{'type':'ODD','object':{}}", "{'type':'ADDED'}", "]", "x"}) {
      assertThrows(
          IOException.class, () -> reader(ResourceKind.POD).watch(stream(odd)).next(), odd);
    }
  }
}
