package io.sluice.itests.tarball;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.KubernetesResource;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBinding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * The manifests that are shipped: every field is one of Kubernetes, and every name leads somewhere.
 */
class KubernetesFilesTest {
  private static final Path CONFIG = Path.of("../../config");
  private static final Map<String, Class<? extends KubernetesResource>> KINDS =
      Map.of(
          "ConfigMap", ConfigMap.class,
          "DaemonSet", DaemonSet.class,
          "ServiceAccount", ServiceAccount.class,
          "ClusterRole", ClusterRole.class,
          "ClusterRoleBinding", ClusterRoleBinding.class);

  /** Else the models take any field for an additional one. */
  private static final ObjectMapper STRICT =
      new ObjectMapper()
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .setAnnotationIntrospector(
              new JacksonAnnotationIntrospector() {
                private static final long serialVersionUID = 1L;

                @Override
                public Boolean hasAnySetter(Annotated annotated) {
                  return false;
                }
              });

  private static List<Object> read(String text) throws JsonProcessingException {
    List<Object> objects = new ArrayList<>();
    for (Object document : new Load(LoadSettings.builder().build()).loadAllFromString(text)) {
      JsonNode tree = STRICT.valueToTree(document);
      Class<? extends KubernetesResource> kind = KINDS.get(tree.path("kind").asText());
      if (kind == null) {
        throw new AssertionError("no model of " + tree.path("kind"));
      }
      objects.add(STRICT.treeToValue(tree, kind));
    }
    return objects;
  }

  private static String text(String file) throws IOException {
    return Files.readString(CONFIG.resolve("kubernetes").resolve(file));
  }

  private static <T> T only(List<Object> objects, Class<T> kind) {
    List<T> found = objects.stream().filter(kind::isInstance).map(kind::cast).toList();
    assertEquals(1, found.size(), kind.getSimpleName());
    return found.getFirst();
  }

  private static List<Object> all() throws IOException {
    List<Object> objects = new ArrayList<>(read(text("rbac.yaml")));
    objects.addAll(read(text("daemonset.yaml")));
    return objects;
  }

  @Test
  void aMisspeltFieldIsRefused() throws IOException {
    String misspelt = text("daemonset.yaml").replace("hostNetwork:", "hostNetwrok:");
    assertThrows(JsonProcessingException.class, () -> read(misspelt));
  }

  @Test
  void everyNameLeadsToSomethingThatIsShipped() throws IOException {
    List<Object> objects = all();
    DaemonSet daemonSet = only(objects, DaemonSet.class);
    ServiceAccount account = only(objects, ServiceAccount.class);
    ConfigMap map = only(objects, ConfigMap.class);
    PodSpec pod = daemonSet.getSpec().getTemplate().getSpec();
    assertEquals(account.getMetadata().getName(), pod.getServiceAccountName());
    assertEquals(account.getMetadata().getNamespace(), daemonSet.getMetadata().getNamespace());
    assertEquals(map.getMetadata().getNamespace(), daemonSet.getMetadata().getNamespace());
    ClusterRoleBinding binding = only(objects, ClusterRoleBinding.class);
    assertEquals(account.getMetadata().getName(), binding.getSubjects().getFirst().getName());
    assertEquals(
        only(objects, ClusterRole.class).getMetadata().getName(), binding.getRoleRef().getName());
    assertEquals(
        daemonSet.getSpec().getSelector().getMatchLabels(),
        daemonSet.getSpec().getTemplate().getMetadata().getLabels());
    for (Volume volume : pod.getVolumes()) {
      if (volume.getConfigMap() != null) {
        assertEquals(map.getMetadata().getName(), volume.getConfigMap().getName());
      }
    }
    Set<String> volumes =
        pod.getVolumes().stream().map(Volume::getName).collect(Collectors.toSet());
    Set<String> mounts =
        pod.getContainers().getFirst().getVolumeMounts().stream()
            .map(VolumeMount::getName)
            .collect(Collectors.toSet());
    assertEquals(volumes, mounts);
  }

  @Test
  void everyConfiguredKeyIsOneThatTheShippedFilesExplain() throws IOException {
    for (Map.Entry<String, String> file : only(all(), ConfigMap.class).getData().entrySet()) {
      Path shipped = CONFIG.resolve(file.getKey());
      String explained =
          Files.readString(
              Files.exists(shipped) ? shipped : CONFIG.resolve(file.getKey() + ".sample"));
      for (String line : file.getValue().lines().toList()) {
        String key = line.split("\\s*=", 2)[0];
        assertTrue(
            explained.lines().anyMatch(other -> other.matches("#?" + key + " *=.*")),
            file.getKey() + " has no key " + key);
      }
    }
  }

  @Test
  void theContainerMayDoWhatTheServiceMayAndIsProbedWhereItListens() throws IOException {
    PodSpec pod = only(all(), DaemonSet.class).getSpec().getTemplate().getSpec();
    Container container = pod.getContainers().getFirst();
    UnitFile unit =
        new UnitFile(
            Files.readString(Path.of("../../distribution/src/main/systemd/sluice.service")));
    assertEquals(
        unit.capabilities(),
        container.getSecurityContext().getCapabilities().getAdd().stream()
            .map(name -> name.toLowerCase(java.util.Locale.ROOT))
            .toList());
    assertEquals(List.of("ALL"), container.getSecurityContext().getCapabilities().getDrop());
    String metrics =
        only(all(), ConfigMap.class).getData().getOrDefault("io.sluice.metrics.cfg", "");
    assertTrue(
        metrics.contains(
            "port = " + container.getReadinessProbe().getHttpGet().getPort().getIntVal()));
    assertEquals("/readyz", container.getReadinessProbe().getHttpGet().getPath());
    assertEquals("/healthz", container.getLivenessProbe().getHttpGet().getPath());
    assertTrue(pod.getHostNetwork());
    assertEquals("system-node-critical", pod.getPriorityClassName());
  }
}
