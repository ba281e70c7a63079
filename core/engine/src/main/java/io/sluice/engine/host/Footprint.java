package io.sluice.engine.host;

import java.util.List;

/** In whose switches rules of ours may lie, remembered beyond the agent's life. */
interface Footprint {
  /** Remembers nothing. */
  Footprint NONE =
      new Footprint() {
        @Override
        public List<String> read() {
          return List.of();
        }

        @Override
        public void write(List<String> datapaths) {
          // There is no next life.
        }
      };

  /** The names that were written last, the chosen one first. Called once, before the loop runs. */
  List<String> read();

  /** Remembers these names, the chosen one first. Returns at once. */
  void write(List<String> datapaths);
}
