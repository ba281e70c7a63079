package io.sluice.apiserver.server;

import java.util.Locale;

/**
 * Makes a cluster of a given size: namespaces of 100 pods, nodes of 100 pods, pods of the size that
 * they have in life (about 4 KB, half of which are managed fields), and a policy for each label in
 * each namespace. Addresses are 10.0.0.0/8 upward.
 */
final class Generator {
  private static final int PODS_PER_NAMESPACE = 100;
  private static final int PODS_PER_NODE = 100;
  private static final int APPS = 10;

  private static final String MANAGED =
      ("\"f:spec\":{\"f:containers\":{\"k:{\\\"name\\\":\\\"main\\\"}\":{\".\":{},\"f:env\":{\".\":{},"
           + "\"k:{\\\"name\\\":\\\"MODE\\\"}\":{\".\":{},\"f:name\":{},\"f:value\":{}}},\"f:image\":{},"
           + "\"f:imagePullPolicy\":{},\"f:ports\":{\".\":{},\"k:{\\\"containerPort\\\":8080}\":{}},"
           + "\"f:resources\":{},\"f:terminationMessagePath\":{}}},\"f:dnsPolicy\":{},"
           + "\"f:restartPolicy\":{},\"f:schedulerName\":{},\"f:securityContext\":{}},")
          .repeat(3);

  private final ObjectStore store;
  private final ResourceTypes types;
  private final long revision;

  Generator(ObjectStore store, ResourceTypes types, long revision) {
    this.store = store;
    this.types = types;
    this.revision = revision;
  }

  /** Puts a cluster of so many pods, with a policy for each of so many apps a namespace. */
  void generate(int pods, int policies) {
    ResourceType namespaceType = types.of("v1", "Namespace").orElseThrow();
    ResourceType nodeType = types.of("v1", "Node").orElseThrow();
    ResourceType podType = types.of("v1", "Pod").orElseThrow();
    ResourceType policyType = types.of("networking.k8s.io/v1", "NetworkPolicy").orElseThrow();
    for (int i = 0; i < pods; i += PODS_PER_NAMESPACE) {
      String namespace = namespace(i);
      store.load(namespaceType, object("v1", "Namespace", "", namespace, "\"team\":\"t\"", ""));
      for (int p = 0; p < policies; p++) {
        store.load(policyType, policy(namespace, p));
      }
    }
    for (int i = 0; i < pods; i += PODS_PER_NODE) {
      store.load(nodeType, node(i / PODS_PER_NODE));
    }
    for (int i = 0; i < pods; i++) {
      store.load(podType, pod(i));
    }
  }

  private static String namespace(int pod) {
    return "team-" + pod / PODS_PER_NAMESPACE;
  }

  private String object(
      String apiVersion, String kind, String namespace, String name, String labels, String rest) {
    return "{\"apiVersion\":\""
        + apiVersion
        + "\",\"kind\":\""
        + kind
        + "\",\"metadata\":{\"creationTimestamp\":\"2026-01-01T00:00:00Z\",\"labels\":{"
        + labels
        + "},\"managedFields\":[{\"apiVersion\":\""
        + apiVersion
        + "\",\"fieldsType\":\"FieldsV1\",\"fieldsV1\":{"
        + (kind.equals("Pod") ? MANAGED : "")
        + "\"f:metadata\":{\"f:labels\":{}}},\"manager\":\"kubelet\",\"operation\":\"Update\"}],"
        + "\"name\":\""
        + name
        + (namespace.isEmpty() ? "" : "\",\"namespace\":\"" + namespace)
        + "\",\"resourceVersion\":\""
        + revision
        + "\",\"uid\":\"00000000-0000-4000-8000-"
        + String.format(Locale.ROOT, "%012x", (kind + namespace + "/" + name).hashCode())
        + "\"}"
        + rest
        + "}";
  }

  private static String address(int block, int number) {
    return block + "." + (number >> 16) + "." + (number >> 8 & 255) + "." + (number & 255);
  }

  private String node(int number) {
    return object(
        "v1",
        "Node",
        "",
        "node-" + number,
        "\"kubernetes.io/hostname\":\"node-" + number + "\"",
        ",\"status\":{\"addresses\":[{\"address\":\""
            + address(172, number + 1)
            + "\",\"type\":\"InternalIP\"},{\"address\":\"node-"
            + number
            + "\",\"type\":\"Hostname\"}]}");
  }

  private String policy(String namespace, int app) {
    String selector = "\"podSelector\":{\"matchLabels\":{\"app\":\"app-" + app + "\"}}";
    return object(
        "networking.k8s.io/v1",
        "NetworkPolicy",
        namespace,
        "admit-" + app,
        "",
        ",\"spec\":{"
            + selector
            + ",\"ingress\":[{\"from\":[{"
            + selector
            + "}],\"ports\":[{\"port\":8080,\"protocol\":\"TCP\"}]}],\"policyTypes\":[\"Ingress\"]}");
  }

  private String pod(int number) {
    String address = address(10, number + 1);
    String host = address(172, number / PODS_PER_NODE + 1);
    return object(
        "v1",
        "Pod",
        namespace(number),
        "pod-" + number,
        "\"app\":\"app-"
            + number % APPS
            + "\",\"pod-template-hash\":\"5d8f8b7c9\",\"release\":\"stable\"",
        ",\"spec\":{\"containers\":[{\"env\":[{\"name\":\"MODE\",\"value\":\"production\"},{\"name\":"
            + "\"NODE\",\"valueFrom\":{\"fieldRef\":{\"apiVersion\":\"v1\",\"fieldPath\":\"spec.nodeName\"}}}],"
            + "\"image\":\"registry.example.com/team/main:1.2.3\",\"imagePullPolicy\":\"IfNotPresent\","
            + "\"name\":\"main\",\"ports\":[{\"containerPort\":8080,\"name\":\"http\",\"protocol\":\"TCP\"}],"
            + "\"resources\":{\"limits\":{\"cpu\":\"1\",\"memory\":\"512Mi\"},\"requests\":{\"cpu\":\"100m\"}},"
            + "\"volumeMounts\":[{\"mountPath\":\"/var/run/secrets/kubernetes.io/serviceaccount\",\"name\":"
            + "\"kube-api-access\",\"readOnly\":true}]}],\"dnsPolicy\":\"ClusterFirst\",\"nodeName\":\"node-"
            + number / PODS_PER_NODE
            + "\",\"restartPolicy\":\"Always\",\"schedulerName\":\"default-scheduler\",\"serviceAccountName\":"
            + "\"default\",\"tolerations\":[{\"effect\":\"NoExecute\",\"key\":\"node.kubernetes.io/not-ready\","
            + "\"operator\":\"Exists\",\"tolerationSeconds\":300}],\"volumes\":[{\"name\":\"kube-api-access\","
            + "\"projected\":{\"defaultMode\":420,\"sources\":[{\"serviceAccountToken\":{\"expirationSeconds\":"
            + "3607,\"path\":\"token\"}}]}}]},\"status\":{\"conditions\":[{\"lastTransitionTime\":"
            + "\"2026-01-01T00:00:05Z\",\"status\":\"True\",\"type\":\"Ready\"},{\"lastTransitionTime\":"
            + "\"2026-01-01T00:00:05Z\",\"status\":\"True\",\"type\":\"ContainersReady\"}],"
            + "\"containerStatuses\":[{\"image\":\"registry.example.com/team/main:1.2.3\",\"name\":\"main\","
            + "\"ready\":true,\"restartCount\":0,\"started\":true}],\"hostIP\":\""
            + host
            + "\",\"hostIPs\":[{\"ip\":\""
            + host
            + "\"}],\"phase\":\"Running\",\"podIP\":\""
            + address
            + "\",\"podIPs\":[{\"ip\":\""
            + address
            + "\"}],\"qosClass\":\"Burstable\",\"startTime\":\"2026-01-01T00:00:01Z\"}");
  }
}
