package io.sluice.itests.tarball;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The unit file, read by systemd's own tools. */
class UnitFileTest {
  private static final Path SHIPPED = Path.of("../../distribution/src/main/systemd/sluice.service");

  /** In tenths of what {@code systemd-analyze security} rates from 0 (best) to 10. */
  private static final String EXPOSURE = "30";

  private final Path folder;

  UnitFileTest(@TempDir Path folder) {
    this.folder = folder;
  }

  /** As install.sh fills it in, with a program that is there. */
  private Path unit() throws IOException {
    Path program = folder.resolve("current/bin/sluice");
    Files.createDirectories(folder.resolve("current/bin"));
    Files.writeString(program, "#!/bin/sh\n");
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    return Files.writeString(
        folder.resolve("sluice.service"),
        Files.readString(SHIPPED)
            .replace("@PREFIX@", folder.toString())
            .replace("@CONF@", "/etc/sluice")
            .replace("@DATA@", "/var/lib/sluice")
            .replace("@RUN@", "/run/sluice")
            .replace("@RUN_FOLDER@", "RuntimeDirectory=sluice")
            .replace("@DATA_FOLDER@", "StateDirectory=sluice"));
  }

  private static Machine.Result run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Machine.Result(process.waitFor(), text);
  }

  private static Machine.Result verify(Path unit) throws IOException, InterruptedException {
    return run("systemd-analyze", "verify", "--man=no", unit.toString());
  }

  @Test
  void systemdUnderstandsAllOfIt() throws Exception {
    assertEquals(new Machine.Result(0, ""), verify(unit()));
  }

  @Test
  void aMisspeltSettingWouldBeTold() throws Exception {
    Path unit = unit();
    Files.writeString(unit, Files.readString(unit).replace("ProtectSystem=", "ProtectSytem="));
    assertTrue(verify(unit).text().contains("ProtectSytem"));
  }

  @Test
  void itIsLittleExposedAndMayHaveTwoCapabilities() throws Exception {
    Machine.Result rated =
        run(
            "systemd-analyze",
            "security",
            "--offline=true",
            "--no-pager",
            "--threshold=" + EXPOSURE,
            unit().toString());
    assertEquals(0, rated.status(), rated.text());
    assertEquals(
        List.of("net_admin", "net_bind_service"),
        new UnitFile(Files.readString(SHIPPED)).capabilities());
  }
}
