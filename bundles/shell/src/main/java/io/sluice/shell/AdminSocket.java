package io.sluice.shell;

import io.sluice.api.control.Component;
import io.sluice.api.control.Reporter;
import io.sluice.api.resource.Problem;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.felix.service.command.CommandProcessor;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;

/**
 * Listens on the administration socket, whose path is the framework property {@link #PATH}; one
 * virtual thread a connection. Without a configuration, or until it is read, it is for root and the
 * agent's own user only.
 */
@org.osgi.service.component.annotations.Component(
    service = Reporter.class,
    immediate = true,
    configurationPid = "io.sluice.shell")
@Designate(ocd = ShellConfig.class)
public final class AdminSocket implements Reporter {
  /** Framework property: the socket's path. */
  static final String PATH = "sluice.socket";

  private static final System.Logger LOG = System.getLogger(AdminSocket.class.getName());

  private final CommandProcessor processor;
  private final Path path;
  private final Door door;
  private final UserPrincipal self;
  private final ServerSocketChannel server;
  private final Gatekeeper gatekeeper = new Gatekeeper(this::access);
  private final Set<SocketChannel> clients = ConcurrentHashMap.newKeySet();
  private volatile Access access = Access.NOBODY_ELSE;
  private volatile List<Problem> problems = List.of();

  /** Binds the socket that the launcher names. */
  @Activate
  public AdminSocket(
      @Reference CommandProcessor processor, BundleContext context, ShellConfig config)
      throws IOException {
    this(processor, Path.of(required(context)));
    modified(config);
  }

  AdminSocket(CommandProcessor processor, Path path) throws IOException {
    this.processor = processor;
    this.path = path;
    door = new Door(path);
    door.shut();
    // The launcher holds the folder's lock: a socket that is there is left over from a killed
    // agent.
    Files.deleteIfExists(path);
    server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    server.bind(UnixDomainSocketAddress.of(path));
    self = Files.getOwner(path);
    Thread.ofVirtual().name("admin-socket").start(this::accept);
  }

  private static String required(BundleContext context) {
    String path = context.getProperty(PATH);
    if (path == null) {
      throw new IllegalStateException("the framework property " + PATH + " is not set");
    }
    return path;
  }

  @Modified
  void modified(ShellConfig config) {
    allow(Access.of(config));
  }

  /** Lets these use the socket from now on; commands that are under way are finished. */
  void allow(Access next) {
    access = next;
    problems = List.copyOf(door.open(next));
    problems.forEach(problem -> LOG.log(Level.WARNING, "{0}", problem));
  }

  private Access access() {
    return access;
  }

  private void accept() {
    while (true) {
      try {
        SocketChannel client = server.accept();
        clients.add(client);
        Thread.ofVirtual().name("admin-client").start(() -> serve(client));
      } catch (ClosedChannelException e) {
        return;
      } catch (IOException e) {
        LOG.log(Level.ERROR, "the administration socket accepts no more connections", e);
        return;
      }
    }
  }

  private void serve(SocketChannel client) {
    try (client) {
      Caller caller = Caller.of(client, self);
      new AdminSession(processor, client, line -> gatekeeper.admit(caller, line)).run();
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "an administration client went away", e);
    } finally {
      clients.remove(client);
    }
  }

  @Override
  public Component report() {
    Access now = access;
    String who = "root and the agent's own user";
    String others =
        now.equals(Access.NOBODY_ELSE)
            ? ""
            : "; users "
                + now.users()
                + ", groups "
                + now.groups()
                + ", read-only users "
                + now.readOnlyUsers();
    return new Component("shell", "admin-socket", "listening", who + others, problems);
  }

  /** Stops listening and ends every connection. */
  @Deactivate
  public void close() throws IOException {
    server.close();
    Files.deleteIfExists(path);
    for (SocketChannel client : clients) {
      client.close();
    }
  }
}
