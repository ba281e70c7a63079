package io.sluice.source.kubernetes;

import io.sluice.api.policy.PolicyRef;
import io.sluice.api.resource.ClaimedResource;
import io.sluice.api.source.BatchSink;
import io.sluice.api.source.EventSource;
import io.sluice.api.source.SessionRequest;
import io.sluice.api.source.SourceSession;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.metatype.annotations.Designate;

/** The event source that follows an API server. */
@Component(
    service = {EventSource.class, KubernetesSource.class},
    configurationPid = "io.sluice.source.kubernetes",
    configurationPolicy = ConfigurationPolicy.REQUIRE,
    property = EventSource.NAME + "=kubernetes")
@Designate(ocd = KubernetesConfig.class)
public final class KubernetesSource implements EventSource {
  private final Worker worker;

  /** Starts to follow. */
  @Activate
  public KubernetesSource(KubernetesConfig config) {
    this(Settings.of(config));
  }

  KubernetesSource(Settings settings) {
    worker = new Worker(settings, System::nanoTime);
    worker.start();
  }

  @Override
  public SourceSession open(SessionRequest request, BatchSink sink) {
    return worker.open(request, sink);
  }

  @Modified
  void modified(KubernetesConfig config) {
    configure(Settings.of(config));
  }

  /** Reconnects with other settings. */
  void configure(Settings settings) {
    worker.configure(settings);
  }

  /** The connection of the moment, or null. */
  @Nullable Connection connection() {
    return worker.connection();
  }

  /** The policy that this source holds under a name; nothing if it holds none. */
  CompletionStage<Optional<ClaimedResource>> find(PolicyRef policy) {
    return worker.find(policy);
  }

  /** Stops following. */
  @Deactivate
  void stop() {
    worker.close();
  }
}
