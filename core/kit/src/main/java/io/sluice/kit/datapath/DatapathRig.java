package io.sluice.kit.datapath;

import io.sluice.api.datapath.Datapath;
import io.sluice.api.datapath.LocalEndpoint;
import io.sluice.api.net.IpAddress;
import io.sluice.api.net.Protocol;
import java.util.List;

/** A datapath under test, and a way to try packets on it. */
public interface DatapathRig extends AutoCloseable {
  /** The datapath; the same one at every call until {@link #restart}. */
  Datapath datapath();

  /**
   * Three local endpoints, each with one IPv4 address at least, that packets can be tried between.
   */
  List<LocalEndpoint> endpoints();

  /** An address of this node that packets can be tried from. */
  IpAddress nodeAddress();

  /**
   * Tries a new connection.
   *
   * @return whether its first packet was delivered
   */
  boolean passes(IpAddress from, IpAddress to, Protocol protocol, int port);

  /**
   * Ends the datapath as its bundle's stop would, and makes a new one on the same switch. For a
   * backend that enforces nothing, rules do not outlive it.
   */
  void restart();

  /** Whether packets really pass through the backend. */
  boolean enforcing();

  /** Whether the backend sees packets, so that it can count them; else it counts nothing. */
  default boolean counts() {
    return true;
  }

  @Override
  void close();
}
