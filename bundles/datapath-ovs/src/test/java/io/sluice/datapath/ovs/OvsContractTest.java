package io.sluice.datapath.ovs;

import io.sluice.api.datapath.Datapath;
import io.sluice.api.datapath.LocalEndpoint;
import io.sluice.api.net.IpAddress;
import io.sluice.api.net.Protocol;
import io.sluice.kit.datapath.DatapathContract;
import io.sluice.kit.datapath.DatapathRig;
import io.sluice.lab.Host;
import io.sluice.lab.Lab;
import io.sluice.lab.Node;
import io.sluice.lab.Outcome;
import io.sluice.lab.Pod;
import io.sluice.lab.PodSpec;
import io.sluice.lab.Probe;
import io.sluice.lab.Transport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The contract of datapaths, with real packets. */
@Execution(ExecutionMode.CONCURRENT)
class OvsContractTest extends DatapathContract {
  @Override
  protected DatapathRig rig() {
    try {
      return new Rig();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final class Rig implements DatapathRig {
    private static final IpAddress NODE = IpAddress.parse("10.244.0.1");

    private final Lab lab = Lab.create();
    private final Node node;
    private final List<Pod> pods;
    private final List<LocalEndpoint> endpoints = new ArrayList<>();
    private OvsDatapath datapath;

    Rig() throws IOException {
      node = lab.node("n1", List.of(NODE.toString()));
      pods =
          node.addPods(
              List.of(
                  PodSpec.of("shop", "a", "10.244.0.10"),
                  PodSpec.of("shop", "b", "10.244.0.11"),
                  PodSpec.of("shop", "c", "10.244.0.12")));
      for (Pod pod : pods) {
        endpoints.add(
            new LocalEndpoint(
                Scene.id(pod.spec().name()),
                Scene.ips(pod.spec().addresses().getFirst().getHostAddress())));
        lab.traffic().listen(pod, Transport.SCTP, 80);
      }
      datapath = make();
    }

    private OvsDatapath make() {
      return new OvsDatapath(
          Map.of(
              "bridge",
              Node.BRIDGE,
              "socketDirectory",
              node.socketDirectory().toString(),
              "manageBridge",
              "true"));
    }

    @Override
    public Datapath datapath() {
      return datapath;
    }

    @Override
    public List<LocalEndpoint> endpoints() {
      return endpoints;
    }

    @Override
    public IpAddress nodeAddress() {
      return NODE;
    }

    @Override
    public boolean passes(IpAddress from, IpAddress to, Protocol protocol, int port) {
      Transport transport = Transport.valueOf(protocol.name());
      try {
        Probe probe = new Probe(host(from), to.toInetAddress(), transport, port);
        Duration patience = Duration.ofMillis(600);
        Outcome outcome = lab.traffic().probe(List.of(probe), patience).get(probe);
        // A refusal by the destination is an answer too: the packet was delivered.
        return outcome == Outcome.ANSWERED || outcome == Outcome.REFUSED;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private Host host(IpAddress address) {
      InetAddress wanted = address.toInetAddress();
      return pods.stream()
          .filter(pod -> pod.addresses().contains(wanted))
          .map(Host.class::cast)
          .findFirst()
          .orElse(node);
    }

    @Override
    public void restart() {
      datapath.close();
      datapath = make();
    }

    @Override
    public boolean enforcing() {
      return true;
    }

    @Override
    public void close() {
      datapath.close();
      lab.close();
    }
  }
}
