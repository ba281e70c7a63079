package io.sluice.drill;

import io.sluice.lab.Node;
import java.io.IOException;
import java.nio.file.Path;

/** What the agent follows. */
enum Source {
  /** A directory of manifests. */
  DIRECTORY {
    @Override
    Inputs open(Node node) throws IOException {
      return new Manifests(folder(node, "manifests"));
    }
  },
  /** An API server. */
  API_SERVER {
    @Override
    Inputs open(Node node) throws IOException {
      return new ApiObjects(node.namespace(), folder(node, "api"));
    }
  };

  /** Makes one without objects. */
  abstract Inputs open(Node node) throws IOException;

  private static Path folder(Node node, String name) {
    return node.socketDirectory().resolveSibling(name);
  }
}
