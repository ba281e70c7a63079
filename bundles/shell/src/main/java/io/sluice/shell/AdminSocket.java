package io.sluice.shell;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.felix.service.command.CommandProcessor;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/**
 * Listens on the administration socket, whose path is the framework property {@link #PATH}; one
 * virtual thread a connection.
 */
@Component(
    service = {},
    immediate = true)
public final class AdminSocket {
  /** Framework property: the socket's path. */
  static final String PATH = "sluice.socket";

  private static final System.Logger LOG = System.getLogger(AdminSocket.class.getName());

  private final CommandProcessor processor;
  private final Path path;
  private final ServerSocketChannel server;
  private final Set<SocketChannel> clients = ConcurrentHashMap.newKeySet();

  /** Binds the socket that the launcher names. */
  @Activate
  public AdminSocket(@Reference CommandProcessor processor, BundleContext context)
      throws IOException {
    this(processor, Path.of(required(context)));
  }

  AdminSocket(CommandProcessor processor, Path path) throws IOException {
    this.processor = processor;
    this.path = path;
    // The launcher holds the folder's lock: a socket that is there is left over from a killed
    // agent.
    Files.deleteIfExists(path);
    server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    server.bind(UnixDomainSocketAddress.of(path));
    Thread.ofVirtual().name("admin-socket").start(this::accept);
  }

  private static String required(BundleContext context) {
    String path = context.getProperty(PATH);
    if (path == null) {
      throw new IllegalStateException("the framework property " + PATH + " is not set");
    }
    return path;
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
      new AdminSession(processor, client).run();
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "an administration client went away", e);
    } finally {
      clients.remove(client);
    }
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
