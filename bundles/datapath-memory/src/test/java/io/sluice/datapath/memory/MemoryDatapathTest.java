package io.sluice.datapath.memory;

import io.sluice.api.datapath.Datapath;
import io.sluice.api.datapath.EndpointId;
import io.sluice.api.datapath.LocalEndpoint;
import io.sluice.api.net.IpAddress;
import io.sluice.api.net.Protocol;
import io.sluice.kit.datapath.DatapathContract;
import io.sluice.kit.datapath.DatapathRig;
import java.util.List;
import java.util.Set;

class MemoryDatapathTest extends DatapathContract {
  @Override
  protected DatapathRig rig() {
    return new Rig();
  }

  private static final class Rig implements DatapathRig {
    private MemoryDatapath datapath = new MemoryDatapath();

    @Override
    public Datapath datapath() {
      return datapath;
    }

    @Override
    public List<LocalEndpoint> endpoints() {
      return List.of(
          endpoint("a", "10.0.0.1"), endpoint("b", "10.0.0.2"), endpoint("c", "fd00::3"));
    }

    private static LocalEndpoint endpoint(String name, String address) {
      IpAddress second = IpAddress.parse("10.0.1." + (name.charAt(0) - 'a' + 1));
      return new LocalEndpoint(
          new EndpointId("shop", name, ""), Set.of(IpAddress.parse(address), second));
    }

    @Override
    public IpAddress nodeAddress() {
      return IpAddress.parse("192.0.2.1");
    }

    @Override
    public boolean passes(IpAddress from, IpAddress to, Protocol protocol, int port) {
      return datapath.decide(new Packet(from, to, protocol.number(), port)).allowed();
    }

    @Override
    public void restart() {
      datapath = new MemoryDatapath();
    }

    @Override
    public boolean enforcing() {
      return false;
    }

    @Override
    public void close() {}
  }
}
