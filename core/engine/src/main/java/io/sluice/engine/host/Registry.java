package io.sluice.engine.host;

import io.sluice.api.control.Control;
import io.sluice.api.control.Reporter;
import io.sluice.api.datapath.Datapath;
import io.sluice.api.policy.PolicyTranslator;
import io.sluice.api.source.EventSource;
import io.sluice.api.store.InputStore;
import io.sluice.api.store.LabelStore;
import io.sluice.api.store.PolicyStore;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.ComponentConstants;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.runtime.ServiceComponentRuntime;

/**
 * Binds every extension point and hands what comes and goes over to the {@link Agent}; registers
 * {@link Control} for as long as the agent runs. The only class that knows OSGi and all extension
 * points.
 *
 * <p>The node's configuration must be there (it may be empty): an agent that began with defaults
 * and was told its node's name a moment later would compile for the wrong node first.
 */
@Component(
    immediate = true,
    service = {},
    configurationPid = "io.sluice.node",
    configurationPolicy = ConfigurationPolicy.REQUIRE)
public final class Registry {
  /** Framework property: the agent's data folder. */
  private static final String DATA = "sluice.data";

  /** Framework property: where bundles are dropped in. */
  private static final String DEPLOY = "sluice.deploy";

  private final Agent agent;
  private final ServiceRegistration<Control> control;
  private final EngineOptions options;
  private final BundleContext context;
  private final ExecutorService files =
      Executors.newSingleThreadExecutor(Thread.ofVirtual().name("footprint").factory());

  /** Starts the agent. */
  @Activate
  public Registry(
      BundleContext context,
      @Reference Vertx vertx,
      @Reference EngineOptions options,
      @Reference ServiceComponentRuntime components,
      NodeConfig node) {
    this.context = context;
    this.options = options;
    Agent.Surroundings surroundings =
        Agent.Surroundings.host(footprint(), new DropIns(context, components, deploy()));
    agent = Agent.start(vertx, Settings.of(node, options.now(), HostName.read()), surroundings);
    control = context.registerService(Control.class, agent.control(), null);
    modified(node);
  }

  @Modified
  void modified(NodeConfig node) {
    options.watch(engine -> agent.configure(Settings.of(node, engine, HostName.read())));
  }

  @Deactivate
  void deactivate() {
    options.unwatch();
    control.unregister();
    agent.stop();
    files.close();
  }

  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  void bindSource(EventSource source, Map<String, Object> properties) {
    agent.bind(source, name(properties, EventSource.NAME));
  }

  void unbindSource(EventSource source) {
    agent.unbind(source);
  }

  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  void bindTranslator(PolicyTranslator translator, Map<String, Object> properties) {
    agent.bind(
        translator,
        name(properties, PolicyTranslator.NAME),
        ranking(properties),
        service(properties));
  }

  void unbindTranslator(PolicyTranslator translator) {
    agent.unbind(translator);
  }

  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  void bindLabelStore(LabelStore store, Map<String, Object> properties) {
    agent.bind(store, name(properties, InputStore.NAME), is(properties, InputStore.DURABLE));
  }

  void unbindLabelStore(LabelStore store) {
    agent.unbind(store);
  }

  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  void bindPolicyStore(PolicyStore store, Map<String, Object> properties) {
    agent.bind(store, name(properties, InputStore.NAME), is(properties, InputStore.DURABLE));
  }

  void unbindPolicyStore(PolicyStore store) {
    agent.unbind(store);
  }

  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  void bindDatapath(Datapath datapath, Map<String, Object> properties) {
    agent.bind(datapath, candidate(properties));
  }

  void updatedDatapath(Datapath datapath, Map<String, Object> properties) {
    agent.modified(datapath, candidate(properties));
  }

  void unbindDatapath(Datapath datapath) {
    agent.unbind(datapath);
  }

  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  void bindReporter(Reporter reporter) {
    agent.bind(reporter);
  }

  void unbindReporter(Reporter reporter) {
    agent.unbind(reporter);
  }

  /** Without a folder for data nothing is remembered. */
  private Footprint footprint() {
    String data = context.getProperty(DATA);
    return data == null
        ? Footprint.NONE
        : new FootprintFile(Path.of(data).resolve("datapaths"), files);
  }

  private @Nullable Path deploy() {
    String deploy = context.getProperty(DEPLOY);
    return deploy == null ? null : Path.of(deploy);
  }

  private Candidate candidate(Map<String, Object> properties) {
    return new Candidate(
        name(properties, Datapath.NAME),
        is(properties, Datapath.ENFORCING),
        ranking(properties),
        service(properties),
        origin(properties));
  }

  private String origin(Map<String, Object> properties) {
    Bundle bundle =
        properties.get(Constants.SERVICE_BUNDLEID) instanceof Long id
            ? context.getBundle(id)
            : null;
    return (bundle == null ? "" : DropIns.origin(bundle))
        + (properties.get(ComponentConstants.COMPONENT_NAME) instanceof String component
            ? ", component " + component
            : "");
  }

  /** The name that a service must have; without one, what the framework knows it by. */
  private static String name(Map<String, Object> properties, String key) {
    return properties.get(key) instanceof String name ? name : "unnamed-" + service(properties);
  }

  private static boolean is(Map<String, Object> properties, String key) {
    return Boolean.parseBoolean(String.valueOf(properties.get(key)));
  }

  private static int ranking(Map<String, Object> properties) {
    return properties.get(Constants.SERVICE_RANKING) instanceof Integer ranking ? ranking : 0;
  }

  private static long service(Map<String, Object> properties) {
    return properties.get(Constants.SERVICE_ID) instanceof Long id ? id : Long.MAX_VALUE;
  }
}
