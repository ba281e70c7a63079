package io.sluice.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** That a second process is refused is proven with the distribution's own processes. */
class FolderLockTest {
  private static Folders folders(Path base) {
    return new Folders(base, base, base.resolve("data"), base.resolve("run"));
  }

  @Test
  void aMissingRunFolderIsMadePrivate(@TempDir Path base) throws Exception {
    Folders folders = folders(base);
    FileLock lock = FolderLock.run(folders);
    try {
      assertEquals(
          "rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(folders.run())));
      assertEquals(
          Long.toString(ProcessHandle.current().pid()),
          Files.readString(folders.run().resolve("run.lock")).strip());
    } finally {
      lock.channel().close();
    }
  }

  @Test
  void aRunFolderThatOthersMayEnterIsRefusedAndLeftAlone(@TempDir Path base) throws Exception {
    Folders folders = folders(base);
    Files.createDirectory(folders.run());
    Files.setPosixFilePermissions(folders.run(), PosixFilePermissions.fromString("rwxr-x---"));
    StartException refused = assertThrows(StartException.class, () -> FolderLock.run(folders));
    assertTrue(refused.toString().contains("chmod 700"), refused.toString());
    assertEquals(
        "rwxr-x---", PosixFilePermissions.toString(Files.getPosixFilePermissions(folders.run())));
  }
}
