package io.sluice.itests.tarball;

import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Secrets that are planted wherever an operator may have some, and must not be found again. */
final class Secrets {
  private final List<String> planted = new ArrayList<>();

  private String next(String where) {
    String secret = "planted9" + where + "Zz7Kq" + planted.size();
    planted.add(secret);
    return secret;
  }

  /** One that is written in an encoding, and must not be found as it is either. */
  private String encoded(String where) {
    planted.add(next(where) + " is what is encoded for " + where);
    planted.remove(planted.size() - 2);
    String secret =
        Base64.getEncoder().encodeToString(planted.getLast().getBytes(StandardCharsets.UTF_8));
    planted.add(secret);
    return secret;
  }

  /** Plants them in the configuration, in files beside it and away from it, and in a log. */
  void plant(Path conf, Path away, Path log) throws IOException {
    Path token = Files.writeString(away.resolve("bearer"), next("TokenFile") + "\n");
    Path key =
        Files.writeString(
            conf.resolve("client.pem"),
            "-----BEGIN PRIVATE KEY-----\n" + encoded("Pem") + "\n-----END PRIVATE KEY-----\n");
    Path kubeconfig =
        Files.writeString(
            conf.resolve("kubeconfig"),
            "users: [{name: agent, user: {token: "
                + next("Token")
                + ", password: \""
                + next("Password")
                + "\", client-key-data: "
                + encoded("KeyData")
                + ", client-certificate-data: "
                + encoded("CertificateData")
                + ", client-key: "
                + key
                + "}}]\n");
    append(
        conf.resolve("io.sluice.metrics.cfg"),
        "kubeconfig = "
            + kubeconfig
            + "\nbearer = "
            + token
            + "\nscrape.password = "
            + next("ConfigPassword")
            + "\napi-token: "
            + next("ConfigToken")
            + "\n#secretKey = "
            + next("OutCommented")
            + "\nproxy = http://user:"
            + next("Url")
            + "@proxy:3128\n");
    append(conf.resolve("jvm.options"), "-Dstore.password=" + next("JvmOption") + "\n");
    Files.writeString(
        Files.createDirectories(conf.resolve("manifests")).resolve("secret.txt"),
        "data: {key: " + encoded("Manifest") + "}\n");
    StringBuilder lines = new StringBuilder();
    // What is known from elsewhere and looks like nothing here.
    planted.forEach(secret -> lines.append("somebody printed ").append(secret).append(" here\n"));
    lines.append("Authorization: Bearer ").append(next("Header")).append('\n');
    lines.append("token=").append(next("Logged")).append('\n');
    append(log, lines.toString());
  }

  private static void append(Path file, String text) throws IOException {
    Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  /** Checks that no file below the folder holds one. */
  void assertNowhere(Path folder) throws IOException {
    for (Map.Entry<Path, String> file : read(folder).entrySet()) {
      for (String secret : planted) {
        assertFalse(file.getValue().contains(secret), () -> secret + " is in " + file.getKey());
      }
    }
  }

  private static Map<Path, String> read(Path folder) throws IOException {
    Map<Path, String> texts = new java.util.HashMap<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        texts.put(file, Files.readString(file, StandardCharsets.ISO_8859_1));
      }
    }
    return texts;
  }
}
