package io.sluice.reachability;

import io.sluice.engine.core.Ruling;
import io.sluice.reachability.Place.End;
import io.sluice.reachability.PortQuestion.Asked;
import java.io.IOException;

/** Takes the rows of the answer, in their order. */
interface RowSink {
  /** One row: what happens to a connection from one end to a port of the other. */
  void row(Place from, Place to, End source, End destination, Asked port, Ruling out, Ruling in)
      throws IOException;

  /** No more rows. */
  void end() throws IOException;
}
