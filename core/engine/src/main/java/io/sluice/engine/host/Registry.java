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
import java.util.Map;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

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
  private final Agent agent;
  private final ServiceRegistration<Control> control;
  private final EngineOptions options;

  /** Starts the agent. */
  @Activate
  public Registry(
      BundleContext context,
      @Reference Vertx vertx,
      @Reference EngineOptions options,
      NodeConfig node) {
    this.options = options;
    agent =
        Agent.start(
            vertx, Settings.of(node, options.now(), HostName.read()), Agent.Surroundings.host());
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
    agent.bind(
        datapath,
        new Candidate(
            name(properties, Datapath.NAME),
            is(properties, Datapath.ENFORCING),
            ranking(properties),
            service(properties)));
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
