package io.sluice.datapath.ovs.unixctl;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sluice.datapath.ovs.jsonrpc.JsonRpcException;
import io.sluice.datapath.ovs.lab.Failures;
import io.sluice.datapath.ovs.lab.OvsInstance;
import io.sluice.datapath.ovs.lab.Shell;
import io.sluice.kit.Stages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Calls of a real switch. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UnixctlTest {
  private OvsInstance ovs;

  @BeforeAll
  void start() throws Exception {
    ovs = OvsInstance.start();
    ovs.bridge("br");
  }

  @AfterAll
  void stop() {
    if (ovs != null) {
      ovs.close();
    }
  }

  @Test
  void theVersionIsTheOneOfTheProgram() throws Exception {
    String version = Shell.run("ovs-vswitchd", "--version").lines().findFirst().orElseThrow();
    assertEquals(version, Stages.get(Unixctl.version(ovs.directory())));
  }

  @Test
  void revalidationIsWaitedFor() {
    Stages.get(Unixctl.revalidatorWait(ovs.directory()));
  }

  @Test
  void aRefusalSaysWhat() {
    Failures.expect(
        JsonRpcException.class,
        "no/such",
        Unixctl.call(ovs.directory(), "no/such", List.of(), Duration.ofSeconds(10)));
  }

  @Test
  void withoutADaemonItFailsAndNamesTheFile(@TempDir Path empty) {
    Failures.expect(IOException.class, "ovs-vswitchd.pid", Unixctl.revalidatorWait(empty));
  }

  @Test
  void aDaemonThatHangsIsNotWaitedForBeyondTheTimeout() throws Exception {
    String pid = Files.readString(ovs.directory().resolve("ovs-vswitchd.pid")).strip();
    Shell.run("kill", "-STOP", pid);
    try {
      Failures.expect(
          IOException.class,
          "in time",
          Unixctl.call(ovs.directory(), "version", List.of(), Duration.ofMillis(300)));
    } finally {
      Shell.run("kill", "-CONT", pid);
    }
  }
}
