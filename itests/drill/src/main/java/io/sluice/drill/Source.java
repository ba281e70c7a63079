package io.sluice.drill;

import java.io.IOException;
import java.nio.file.Path;

/** What the agent follows. */
enum Source {
  /** A directory of manifests. */
  DIRECTORY {
    @Override
    Inputs open(Ground ground) throws IOException {
      return new Manifests(folder(ground, "manifests"));
    }
  },
  /** An API server. */
  API_SERVER {
    @Override
    Inputs open(Ground ground) throws IOException {
      return new ApiObjects(ground.namespace(), folder(ground, "api"));
    }
  };

  /** Makes one without objects. */
  abstract Inputs open(Ground ground) throws IOException;

  private static Path folder(Ground ground, String name) {
    return ground.folder(name);
  }
}
