package io.sluice.apiserver;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Makes a certificate that signs itself, with the JDK's keytool. */
final class Certificates {
  private Certificates() {}

  /**
   * Makes one for 127.0.0.1.
   *
   * @param keystore where key and certificate go (PKCS 12)
   * @param certificate where the certificate goes (PEM)
   */
  static void make(Path keystore, Path certificate) throws IOException {
    List<String> store =
        List.of("-keystore", keystore.toString(), "-storepass", "changeit", "-alias", "server");
    keytool(
        store,
        "-genkeypair",
        "-storetype",
        "PKCS12",
        "-keyalg",
        "EC",
        "-groupname",
        "secp256r1",
        "-validity",
        "30",
        "-dname",
        "CN=apiserver",
        "-ext",
        "SAN=ip:127.0.0.1,dns:localhost",
        "-ext",
        "bc=ca:true");
    keytool(store, "-exportcert", "-rfc", "-file", certificate.toString());
  }

  private static void keytool(List<String> store, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(arguments));
    command.addAll(store);
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      if (process.waitFor() != 0) {
        throw new IOException("keytool failed: " + output);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}
