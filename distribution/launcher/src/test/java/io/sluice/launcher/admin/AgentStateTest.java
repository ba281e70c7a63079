package io.sluice.launcher.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.launcher.Folders;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The text itself comes from the distribution in the tests of the distribution. */
class AgentStateTest {
  private static AgentState at(String rung) {
    return AgentState.parse("node       n1\nreadiness  " + rung + ": and why\ndatapath   ovs\n");
  }

  @Test
  void theRungIsReadFromTheStatus() {
    assertEquals(AgentState.Rung.IN_FORCE, at("IN_FORCE").rung());
    assertEquals(AgentState.Rung.STARTED, at("STARTED").rung());
    assertEquals("and why", at("SYNCED").summary());
    assertEquals(AgentState.Rung.NO_ENGINE, at("LEVITATING").rung());
    assertEquals(AgentState.Rung.NO_ENGINE, AgentState.parse("").rung());
  }

  @Test
  void onlyWithoutAnyEnforcingDatapathIsSyncedTheEnd(@TempDir Path folder) throws Exception {
    Folders folders = new Folders(folder, folder, folder, folder);
    assertTrue(at("IN_FORCE").complete(folders));
    assertTrue(at("SYNCED").complete(folders));
    assertFalse(at("STARTED").complete(folders));
    Files.createFile(folder.resolve("io.sluice.datapath.ovs.cfg.sample"));
    assertTrue(at("SYNCED").complete(folders));
    Files.createFile(folder.resolve("io.sluice.datapath.ovs.cfg"));
    assertFalse(at("SYNCED").complete(folders));
    assertTrue(at("IN_FORCE").complete(folders));
  }
}
