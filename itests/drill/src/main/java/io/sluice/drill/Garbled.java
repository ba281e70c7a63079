package io.sluice.drill;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

/**
 * Files that no agent should choke on. The first takes the place of the policies: what they said
 * must stay.
 */
final class Garbled implements Fault {
  private static final int MEGABYTE = 1 << 20;
  private static final int LARGE = 100;

  /** Just below the size that the reader refuses unread. */
  private static final int READ = 60;

  private static final long EACH_MILLIS = 2500;

  @Override
  public String name() {
    return "garbage";
  }

  @Override
  public String what() {
    return "the policies' file and others replaced by garbage: binary junk, 100,000 levels, aliases"
        + " of aliases, 60 and 100 MB of objects, of one string and of junk, one after"
        + " another";
  }

  @Override
  public void strike(Stage stage) throws IOException {
    for (Map.Entry<String, Manifests.Garbage> one : garbage().entrySet()) {
      String file = one.getKey().equals("junk") ? "policies.yaml" : one.getKey() + ".yaml";
      stage.manifests().garble(file, one.getValue());
      Pause.millis(EACH_MILLIS);
      if (!stage.agent().isAlive()) {
        stage.note("the agent ended over " + one.getKey());
        stage.agent().start();
      }
      stage.manifests().clear(file);
    }
    stage.change(Cast::swapGuest);
  }

  @Override
  public Duration patience() {
    return Duration.ofSeconds(90);
  }

  private static Map<String, Manifests.Garbage> garbage() {
    Map<String, Manifests.Garbage> all = new LinkedHashMap<>();
    all.put("junk", out -> junk(out, 1));
    all.put("large-junk", out -> junk(out, LARGE));
    all.put("deep", out -> text(out, "[".repeat(100_000)));
    all.put("aliases", Garbled::aliases);
    all.put("objects", out -> objects(out, READ));
    all.put("large-objects", out -> objects(out, LARGE));
    all.put("string", out -> string(out, READ));
    all.put("large-string", out -> string(out, LARGE));
    return all;
  }

  private static void text(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
  }

  private static void junk(OutputStream out, int megabytes) throws IOException {
    Random random = new Random(megabytes);
    byte[] block = new byte[MEGABYTE];
    for (int i = 0; i < megabytes; i++) {
      random.nextBytes(block);
      out.write(block);
    }
  }

  /** Each list names the one before nine times. */
  private static void aliases(OutputStream out) throws IOException {
    text(out, "a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 30; i++) {
      String before = "*a" + (i - 1);
      text(out, "a%d: &a%d [%s]\n".formatted(i, i, (before + ", ").repeat(8) + before));
    }
  }

  /** Valid objects of a kind that nobody asked for. */
  private static void objects(OutputStream out, int megabytes) throws IOException {
    String data = "x".repeat(900);
    for (int i = 0; i < megabytes * 1024; i++) {
      text(
          out,
          "---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: c%d, namespace: lan}\ndata: {k: %s}\n"
              .formatted(i, data));
    }
  }

  private static void string(OutputStream out, int megabytes) throws IOException {
    text(out, "apiVersion: v1\nkind: Namespace\nmetadata:\n  name: ");
    byte[] block = "x".repeat(MEGABYTE).getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < megabytes; i++) {
      out.write(block);
    }
  }
}
