package io.sluice.apiserver.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.InputStream;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * The process. Arguments are {@code --name value}: {@code --port} (0 for any), {@code --data} (the
 * directory of its objects), {@code --apply} (a file of objects that are applied first, and
 * removed), {@code --token}, {@code --pods}, {@code --policies} (a namespace), {@code --types}
 * (besides the usual ones, as {@link ResourceType#parse} reads them), {@code --keystore} (its key
 * and certificate, for TLS). It prints {@code ready PORT SIDE-PORT}, and ends with its standard
 * input.
 */
public final class ServerMain {
  private static final int BIND_ATTEMPTS = 50;

  private ServerMain() {}

  /** Runs the server. */
  public static void main(String[] args) throws IOException, InterruptedException {
    Map<String, String> options = new HashMap<>();
    for (int i = 0; i + 1 < args.length; i += 2) {
      options.put(args[i], args[i + 1]);
    }
    long revision = System.currentTimeMillis();
    Path data = Path.of(options.getOrDefault("--data", "."));
    Files.createDirectories(data);
    ResourceTypes types = new ResourceTypes();
    for (String type : options.getOrDefault("--types", "").split(",", -1)) {
      if (!type.isEmpty()) {
        types.add(ResourceType.parse(type));
      }
    }
    Disk disk = new Disk(data);
    ObjectStore store = new ObjectStore(types, disk, revision);
    new Generator(store, types, revision)
        .generate(number(options, "--pods"), number(options, "--policies"));
    for (String json : disk.read()) {
      JsonNode object = Serialization.unmarshal(json, JsonNode.class);
      store.load(
          types.of(object.path("apiVersion").asText(), object.path("kind").asText()).orElseThrow(),
          json);
    }
    Faults faults = new Faults();
    Lists lists = new Lists(store, faults);
    Access access = new Access(options.getOrDefault("--token", ""));
    RequestLog log = new RequestLog();
    AdminHandler admin = new AdminHandler(types, store, lists, faults, access, log);
    Path pending = Path.of(options.getOrDefault("--apply", "pending.yaml"));
    if (Files.exists(pending)) {
      admin.apply(Files.readString(pending));
      Files.delete(pending);
    }
    String keystore = options.getOrDefault("--keystore", "");
    HttpServer server = bind(number(options, "--port"), keystore);
    HttpServer side = bind(0, "");
    server.createContext("/", new ApiHandler(types, store, lists, faults, access, log));
    side.createContext("/", admin);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    side.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
    side.start();
    System.out.println(
        "ready " + server.getAddress().getPort() + " " + side.getAddress().getPort());
    while (System.in.read() >= 0) {
      // Whoever started this process holds the other end, and is gone when it closes.
    }
    Runtime.getRuntime().halt(0);
  }

  private static int number(Map<String, String> options, String name) {
    return Integer.parseInt(options.getOrDefault(name, "0"));
  }

  /** The port of a server that was killed a moment ago may still be taken. */
  private static HttpServer bind(int port, String keystore)
      throws IOException, InterruptedException {
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    for (int attempt = 1; ; attempt++) {
      try {
        if (keystore.isEmpty()) {
          return HttpServer.create(address, 0);
        }
        HttpsServer server = HttpsServer.create(address, 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context(Path.of(keystore))));
        return server;
      } catch (BindException e) {
        if (attempt == BIND_ATTEMPTS) {
          throw e;
        }
        TimeUnit.MILLISECONDS.sleep(100);
      }
    }
  }

  private static SSLContext context(Path keystore) throws IOException {
    char[] password = "changeit".toCharArray();
    try (InputStream in = Files.newInputStream(keystore)) {
      KeyStore keys = KeyStore.getInstance("PKCS12");
      keys.load(in, password);
      KeyManagerFactory managers =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      managers.init(keys, password);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(managers.getKeyManagers(), null, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IOException("the keystore can't be used", e);
    }
  }
}
