package io.sluice.launcher.support;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedactorTest {
  private static final String SECRET = "q9Zx-planted";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "password = q9Zx-planted",
        "db.Password: 'q9Zx-planted'",
        "\"client-key-data\": \"q9Zx-planted\", \"next\": 1",
        "--api_token=q9Zx-planted --other",
        "Authorization: Bearer q9Zx-planted",
        "sent with bearer q9Zx-planted",
        "GET https://user:q9Zx-planted@server:6443/api",
        "-----BEGIN PRIVATE KEY-----\nq9Zx-planted\n-----END PRIVATE KEY-----\n",
        "-----BEGIN CERTIFICATE-----\nq9Zx-planted and cut here",
        "it said eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJ4In0.q9Zx-planted to the server",
      })
  void whatLooksSecretIsRemovedWhereverItStands(String text) {
    String redacted = new Redactor(List.of()).redact("before\n" + text + "\nafter");
    assertFalse(redacted.contains(SECRET), redacted);
    assertTrue(redacted.startsWith("before\n"), redacted);
  }

  @Test
  void aKnownSecretIsRemovedWhateverIsAroundIt() {
    assertEquals("x[removed]y", new Redactor(Set.of(SECRET, "Zx")).redact("x" + SECRET + "y"));
  }

  @Test
  void whatIsNotSecretStays() {
    String text =
        """
        policy shop/token-service: port = 443, explain shop/web 10.0.0.1
        revision 12 is in force on ovs; NetworkPolicy/shop/only-web
        """;
    assertEquals(text, new Redactor(Set.of()).redact(text));
  }

  @Test
  void secretsAreFoundInTheConfigurationAndInWhatItNames(@TempDir Path folder) throws Exception {
    Path conf = Files.createDirectories(folder.resolve("conf"));
    Path key = Files.writeString(folder.resolve("key.pem"), "TmV2ZXIzdG9sZFRvQW55Ym9keQ==\n");
    Path token = Files.writeString(folder.resolve("bearer"), "single-line-of-a-token\n");
    Path kubeconfig =
        Files.writeString(
            folder.resolve("kubeconfig"),
            "server: https://10.0.0.1:6443\nclient-key: " + key + "\npassword: fromKubeconfig\n");
    Files.writeString(
        conf.resolve("io.sluice.source.kubernetes.cfg"),
        "kubeconfig = "
            + kubeconfig
            + "\nbearerFile = "
            + token
            + "\nproxy.password = broken \\\n   overLines\n# token = outcommented\n");
    Set<String> found = Secrets.in(conf);
    assertTrue(
        found.containsAll(
            Set.of(
                "TmV2ZXIzdG9sZFRvQW55Ym9keQ==",
                "single-line-of-a-token",
                "fromKubeconfig",
                "broken overLines",
                "outcommented")),
        found.toString());
    assertFalse(found.contains("https://10.0.0.1:6443"), found.toString());
    String blanked = ConfigFiles.blanked(conf.resolve("io.sluice.source.kubernetes.cfg"));
    assertTrue(blanked.contains("kubeconfig = " + kubeconfig), blanked);
    assertTrue(blanked.contains("proxy.password = [removed]"), blanked);
    assertFalse(blanked.contains("overLines") || blanked.contains("outcommented"), blanked);
  }
}
