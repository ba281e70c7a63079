package io.sluice.manifests;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The forms of names, at their edges. */
class NamesTest {
  private static final String A63 = "a".repeat(63);
  private static final String A64 = "a".repeat(64);

  @Test
  void labels() {
    for (String good : List.of("a", "0", "a-b", "a--b", A63)) {
      assertNull(Names.label(good), good);
    }
    for (String bad : List.of("", "A", "-a", "a-", "a.b", "a_b", "ä", A64)) {
      assertNotNull(Names.label(bad), bad);
    }
  }

  @Test
  void subdomains() {
    for (String good : List.of("a", "a.b", "a-1.b-2", A64, "a.".repeat(126) + "a")) {
      assertNull(Names.subdomain(good), good);
    }
    for (String bad : List.of("", ".", "a.", ".a", "a..b", "a-.b", "a_b", "A", "a".repeat(254))) {
      assertNotNull(Names.subdomain(bad), bad);
    }
  }

  @Test
  void qualifiedNames() {
    for (String good : List.of("a", "A_b.c-d", "example.com/App", A63, "a.b/" + A63)) {
      assertNull(Names.qualified(good), good);
    }
    for (String bad :
        List.of("", "/a", "a/", "a/b/c", "A.com/a", "-a", "a-", "a b", A64, "é", "x_y/a")) {
      assertNotNull(Names.qualified(bad), bad);
    }
  }

  @Test
  void labelValues() {
    for (String good : List.of("", "a", "A_b.c-d", "1", A63)) {
      assertNull(Names.labelValue(good), good);
    }
    for (String bad : List.of("-a", "a-", "_a", "a b", "a/b", A64, "é")) {
      assertNotNull(Names.labelValue(bad), bad);
    }
  }

  @Test
  void portNames() {
    for (String good : List.of("a", "http", "a-b", "1a", "a2345678901234b")) {
      assertNull(Names.portName(good), good);
    }
    for (String bad :
        List.of("", "1", "12", "-a", "a-", "a--b", "A", "a_b", "a.b", "a2345678901234bc")) {
      assertNotNull(Names.portName(bad), bad);
    }
  }
}
