package io.sluice.lab;

import java.io.IOException;
import java.util.List;

/** Makes a lab and waits to be killed. */
final class Abandoned {
  private Abandoned() {}

  @SuppressWarnings("resource") // that it is never closed is the point
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Lab lab = Lab.create();
    lab.node("n1", List.of("10.244.0.1"));
    System.out.println(lab.id());
    Thread.sleep(60_000);
  }
}
