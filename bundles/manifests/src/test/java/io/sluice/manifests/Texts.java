package io.sluice.manifests;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sluice.api.resource.Endpoint;
import io.sluice.api.resource.Problem;
import io.sluice.api.resource.Resource;
import io.sluice.api.resource.ResourceKind;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;

/** Reads texts, in tests. */
final class Texts {
  private static final Wanted WANTED = new Wanted(Set.of(ResourceKind.NETWORK_POLICY), true);

  private Texts() {}

  /** Reads a text as file {@code f.yaml}, with NetworkPolicy and workloads wanted. */
  static Manifest read(String text) {
    return read(text, Limits.DEFAULT);
  }

  static Manifest read(String text, Limits limits) {
    return read(text.getBytes(StandardCharsets.UTF_8), limits);
  }

  static Manifest read(byte[] text, Limits limits) {
    try {
      return new ManifestReader(limits, WANTED).read(new ByteArrayInputStream(text), "f.yaml");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The one object of a text without problems. */
  static Resource one(String text) {
    Manifest manifest = read(text);
    assertEquals(List.of(), manifest.problems());
    assertEquals(1, manifest.resources().size());
    return manifest.resources().getFirst();
  }

  static Endpoint pod(String text) {
    return (Endpoint) one(text);
  }

  /** The fields that the problems of a text are about. */
  static List<String> wrongFields(String text) {
    Manifest manifest = read(text);
    for (Problem problem : manifest.problems()) {
      assertEquals("f.yaml", problem.origin().substring(0, 6), problem.toString());
      assertEquals(false, problem.message().isEmpty(), problem.toString());
      assertEquals(false, problem.remedy().isEmpty(), problem.toString());
    }
    return manifest.problems().stream().map(Problem::field).toList();
  }
}
