package io.sluice.engine.host;

import io.sluice.api.datapath.LocalEndpoint;
import java.util.Collection;
import java.util.List;

/** What {@link Succession} needs of those around it. */
interface DatapathHost {
  /** The local endpoints now. */
  Collection<LocalEndpoint> endpoints();

  /** These may hold rules of ours, the chosen one first. */
  void remember(List<String> names);

  /** Somebody's part has changed. */
  void changed();
}
