package io.sluice.source.kubernetes;

import io.fabric8.kubernetes.client.Config;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A way to an API server: where it is, whom to trust and how to say who one is. */
sealed interface Access permits Kubeconfig, ServiceAccount {
  /**
   * Reads it, as it is now.
   *
   * @throws IOException if it can't be read or leads nowhere; the message says what to do
   */
  Config read() throws IOException;

  /** The files that were read: when one of them changes, the connection is made anew. */
  List<Path> files();

  /** What it is, for people. */
  String name();
}
