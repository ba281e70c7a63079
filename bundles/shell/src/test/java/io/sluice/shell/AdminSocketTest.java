package io.sluice.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdminSocketTest {
  @Test
  void aCommandIsAnsweredWithItsOutputAndItsStatus(@TempDir Path folder) throws IOException {
    try (Shell shell = new Shell(folder);
        Admin admin = new Admin(shell.path)) {
      assertEquals(new Admin.Answer(0, "all is well\n", ""), admin.ask("test:talk"));
      assertEquals(new Admin.Answer(1, "", "it went wrong\n"), admin.ask("test:complain"));
      assertEquals(new Admin.Answer(0, "all is well\n", ""), admin.ask("test:talk"));
    }
  }

  @Test
  void anUnknownCommandFails(@TempDir Path folder) throws IOException {
    try (Shell shell = new Shell(folder);
        Admin admin = new Admin(shell.path)) {
      Admin.Answer answer = admin.ask("sluice:nothing");
      assertEquals(1, answer.status());
      assertTrue(answer.err().contains("sluice:nothing"), answer.err());
    }
  }

  @Test
  void aConnectionIsOneSession(@TempDir Path folder) throws IOException {
    try (Shell shell = new Shell(folder);
        Admin one = new Admin(shell.path);
        Admin other = new Admin(shell.path)) {
      one.ask("x = remembered");
      assertEquals("remembered\n", one.ask("$x").out());
      assertFalse(other.ask("$x").out().contains("remembered"));
    }
  }

  @Test
  void aSocketLeftOverFromAKilledAgentIsReplaced(@TempDir Path folder) throws IOException {
    Files.createFile(folder.resolve("admin.sock"));
    try (Shell shell = new Shell(folder);
        Admin admin = new Admin(shell.path)) {
      assertEquals(0, admin.ask("test:talk").status());
    }
  }

  @Test
  void closingEndsConnectionsAndRemovesTheSocket(@TempDir Path folder) throws IOException {
    Shell shell = new Shell(folder);
    try (Admin admin = new Admin(shell.path)) {
      assertEquals(0, admin.ask("test:talk").status());
      shell.close();
      assertThrows(IOException.class, () -> admin.ask("test:talk"));
      assertFalse(Files.exists(shell.path));
    }
  }
}
