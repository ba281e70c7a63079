package io.sluice.kit.datapath;

import io.sluice.api.datapath.Datapath;
import io.sluice.api.datapath.EndpointId;
import io.sluice.api.datapath.LocalEndpoint;
import io.sluice.api.datapath.Snapshot;
import io.sluice.api.net.IpAddress;
import io.sluice.api.net.Protocol;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The rig for a datapath that enforces nothing and sees no packets. A packet passes if the state
 * that the datapath shows says so: what it has written to a file, or holds in memory.
 *
 * @param <D> the datapath
 */
public final class JudgedRig<D extends Datapath> implements DatapathRig {
  private final Supplier<D> maker;
  private final Function<D, Snapshot> shown;
  private D datapath;

  /**
   * Makes a rig with a datapath.
   *
   * @param maker makes a datapath that holds nothing yet; called again for a restart
   * @param shown the state that a datapath shows; best read from where its users would read it
   */
  public JudgedRig(Supplier<D> maker, Function<D, Snapshot> shown) {
    this.maker = maker;
    this.shown = shown;
    datapath = maker.get();
  }

  @Override
  public Datapath datapath() {
    return datapath;
  }

  @Override
  public List<LocalEndpoint> endpoints() {
    return List.of(endpoint(1), endpoint(2), endpoint(3));
  }

  private static LocalEndpoint endpoint(int number) {
    return new LocalEndpoint(
        new EndpointId("shop", "pod-" + number, "uid-" + number),
        Set.of(IpAddress.parse("10.0.0." + number), IpAddress.parse("fd00::" + number)));
  }

  @Override
  public IpAddress nodeAddress() {
    return IpAddress.parse("192.0.2.1");
  }

  @Override
  public boolean passes(IpAddress from, IpAddress to, Protocol protocol, int port) {
    return new SnapshotJudge(shown.apply(datapath)).passes(from, to, protocol, port);
  }

  @Override
  public void restart() {
    datapath = maker.get();
  }

  @Override
  public boolean enforcing() {
    return false;
  }

  @Override
  public boolean counts() {
    return false;
  }

  /** Ends nothing: a datapath that holds something to close is closed by its test. */
  @Override
  public void close() {}
}
