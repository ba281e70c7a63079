package io.sluice.manifests;

import static org.junit.jupiter.api.Assertions.assertFalse;

import io.sluice.api.resource.Problem;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Manifests with random damage: whatever a file holds, the reader answers, and what it refuses it
 * explains. The seed is printed on failure; {@code -Dsluice.seed=} repeats it.
 */
class FuzzTest {
  private static final String[] SEEDS = {
    """
    apiVersion: v1
    kind: Pod
    metadata: {name: web-0, namespace: shop, labels: {app: web, "tier": 'a'}}
    spec:
      nodeName: n1
      containers:
      - name: web
        ports: &p [{name: http, containerPort: 8080, protocol: TCP}]
      - name: side
        ports: *p
    status: {phase: Running, podIPs: [{ip: 10.0.0.1}, {ip: "fd00::1"}], hostIP: 192.0.2.1}
    ---
    apiVersion: networking.k8s.io/v1
    kind: NetworkPolicy
    metadata:
      name: allow
      annotations: {text: "a\\tb\\u00e9 %2F"}
    spec:
      podSelector: {}
      ingress: [{from: [{ipBlock: {cidr: 10.0.0.0/8}}], ports: [{port: 80, endPort: 90}]}]
      note: |
        several
        lines
    """,
    """
    {"apiVersion": "v1", "items": [{"apiVersion": "v1", "kind": "Namespace",
      "metadata": {"name": "a", "labels": {"k": "v\\n", "n": null}}},
     {"apiVersion": "v1", "kind": "Node", "metadata": {"name": "n"},
      "status": {"addresses": [{"type": "InternalIP", "address": "192.0.2.1"}]}}],
     "kind": "List", "metadata": {"resourceVersion": "1"}}
    """,
    "%YAML 1.2\n---\n!!map {<<: {a: b}, ? x : y, \"\\x41\": !!str 1, z: !<tag:a,b> c}\n...\n"
  };
  private static final String[] SHRAPNEL = {
    "{",
    "}",
    "[",
    "]",
    ":",
    ",",
    "\"",
    "'",
    "&a",
    "*a",
    "!",
    "|",
    ">",
    "%",
    "@",
    "`",
    "#",
    "-",
    "---\n",
    "...",
    "\n",
    "\t",
    "\\u",
    "\\UFFFFFFFF",
    "\\x",
    "\0",
    "\uFFFE",
    "é",
    "?",
    "<<: ",
    "null",
    "1e999",
    "0x",
    "kind: List",
    "items: ",
    "~",
    " ",
    "!!",
    "!<",
    "%TAG ! x\n",
    "\r",
    "\u2028",
    "\uD83D"
  };

  @Test
  void damagedManifestsAreAnswered() {
    long seed = Long.getLong("sluice.seed", 20_260_101L);
    for (int round = 0; round < 8_000; round++) {
      Random random = new Random(seed + round);
      String text = damage(SEEDS[random.nextInt(SEEDS.length)], random);
      try {
        Manifest manifest = Texts.read(text);
        for (Problem problem : manifest.problems()) {
          assertFalse(problem.message().isBlank(), "a problem says what is wrong");
          assertFalse(problem.remedy().isBlank(), "a problem says what to do");
        }
      } catch (RuntimeException | StackOverflowError e) {
        throw new AssertionError("-Dsluice.seed=" + (seed + round) + ", on:\n" + text, e);
      }
    }
  }

  @Test
  void damagedBytesAreAnswered() {
    long seed = Long.getLong("sluice.seed", 20_260_102L);
    for (int round = 0; round < 2_000; round++) {
      Random random = new Random(seed + round);
      byte[] bytes = SEEDS[random.nextInt(SEEDS.length)].getBytes(StandardCharsets.UTF_8);
      for (int i = 0; i < 3; i++) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      try {
        Texts.read(bytes, Limits.DEFAULT);
      } catch (RuntimeException | StackOverflowError e) {
        throw new AssertionError("-Dsluice.seed=" + (seed + round), e);
      }
    }
  }

  private static String damage(String text, Random random) {
    StringBuilder damaged = new StringBuilder(text);
    int wounds = 1 + random.nextInt(4);
    for (int i = 0; i < wounds; i++) {
      int at = random.nextInt(Math.max(1, damaged.length()));
      int end = Math.min(damaged.length(), at + random.nextInt(12));
      switch (random.nextInt(4)) {
        case 0 -> damaged.insert(at, SHRAPNEL[random.nextInt(SHRAPNEL.length)]);
        case 1 -> damaged.delete(at, end);
        case 2 -> damaged.insert(at, damaged.substring(at, end));
        default -> damaged.setLength(at);
      }
    }
    return damaged.toString();
  }
}
