package io.sluice.lab;

import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Nodes and pods of one test. Closing it removes all of them. */
public final class Lab implements AutoCloseable {
  private final LabRecord record;
  private final Thread hook;
  private final AtomicInteger numbers = new AtomicInteger();
  private final AtomicBoolean closed = new AtomicBoolean();
  private final List<NetworkNamespace> namespaces = new CopyOnWriteArrayList<>();
  private @Nullable Traffic traffic;

  private Lab(LabRecord record) {
    this.record = record;
    this.hook = new Thread(this::clear, "lab-" + record.id() + "-end");
  }

  /**
   * Begins a lab, and removes what labs of killed processes have left.
   *
   * @throws LabException if the machine lacks something; the message is the remedy
   */
  public static Lab create() throws IOException {
    Requirements.missing()
        .ifPresent(
            remedy -> {
              throw new LabException(remedy);
            });
    LabRecord.sweep();
    Lab lab = new Lab(LabRecord.create());
    Runtime.getRuntime().addShutdownHook(lab.hook);
    return lab;
  }

  /** The id that everything of this lab carries in its name. */
  public String id() {
    return record.id();
  }

  LabRecord record() {
    return record;
  }

  /**
   * Makes a node.
   *
   * @param name a short name, unique in this lab
   * @param addresses the node's addresses, on the bridge's LOCAL port
   */
  public Node node(String name, List<String> addresses) throws IOException {
    return new Node(this, name, addresses.stream().map(InetAddress::ofLiteral).toList());
  }

  /**
   * Makes a node that routes and has no switch.
   *
   * @param name a short name, unique in this lab
   * @param addresses the node's addresses
   */
  public RoutedNode routedNode(String name, List<String> addresses) throws IOException {
    return new RoutedNode(this, name, addresses.stream().map(InetAddress::ofLiteral).toList());
  }

  /** The servers and clients of this lab. */
  public synchronized Traffic traffic() throws IOException {
    if (traffic == null) {
      traffic = new Traffic();
    }
    return traffic;
  }

  int nextNumber() {
    return numbers.incrementAndGet();
  }

  /** A locally administered MAC, made of this lab's numbers. */
  Mac nextMac(int number) {
    return new Mac(0x0a58_0000_0000L | number + 1);
  }

  List<NetworkNamespace> makeNamespaces(List<String> names) throws IOException {
    StringBuilder batch = new StringBuilder();
    List<NetworkNamespace> made = new ArrayList<>();
    for (String name : names) {
      String full = "sluice-" + record.id() + "-" + name;
      record.namespace(full);
      batch.append("netns add ").append(full).append('\n');
      made.add(new NetworkNamespace(full, record));
    }
    Command.run(List.of("ip", "-batch", "-"), Map.of(), batch.toString());
    namespaces.addAll(made);
    return made;
  }

  void removeNamespace(NetworkNamespace namespace) throws IOException {
    namespaces.remove(namespace);
    namespace.close();
    Command.run("ip", "netns", "del", namespace.name());
  }

  /** Ends every process and removes every namespace and file of this lab. Idempotent. */
  @Override
  public void close() {
    if (clear()) {
      Runtime.getRuntime().removeShutdownHook(hook);
    }
  }

  private boolean clear() {
    if (!closed.compareAndSet(false, true)) {
      return false;
    }
    try {
      synchronized (this) {
        if (traffic != null) {
          traffic.close();
        }
      }
      namespaces.forEach(NetworkNamespace::close);
      record.remove();
      return true;
    } catch (IOException e) {
      throw new LabException("lab " + record.id() + " is not cleaned up", e);
    }
  }
}
