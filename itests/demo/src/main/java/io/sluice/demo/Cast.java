package io.sluice.demo;

import io.sluice.lab.PodSpec;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;

/** Who plays: the pods of the manifests. */
final class Cast {
  /** The node's name in the manifests, and its addresses. */
  static final String NODE = "demo-node";

  static final List<String> NODE_ADDRESSES = List.of("10.244.0.1", "fd00:244::1");

  /** The pods with their addresses. */
  static final List<PodSpec> PODS =
      List.of(
          PodSpec.of("shop", "web", "10.244.0.11", "fd00:244::11"),
          PodSpec.of("shop", "api", "10.244.0.12", "fd00:244::12"),
          PodSpec.of("shop", "db", "10.244.0.13", "fd00:244::13"),
          PodSpec.of("ops", "monitor", "10.244.0.21", "fd00:244::21"),
          PodSpec.of("dev", "alice", "10.244.0.31", "fd00:244::31"),
          PodSpec.of("dev", "bob", "10.244.0.32", "fd00:244::32"));

  private Cast() {}

  static List<String> names() {
    return PODS.stream().map(Cast::name).toList();
  }

  static String name(PodSpec pod) {
    return pod.namespace() + "/" + pod.name();
  }

  /** Everybody to everybody else, both families, both services. */
  static List<Question> questions() {
    List<Question> questions = new ArrayList<>();
    for (PodSpec from : PODS) {
      for (PodSpec to : PODS) {
        if (!from.equals(to)) {
          questions.addAll(questions(from, to));
        }
      }
    }
    return questions;
  }

  private static List<Question> questions(PodSpec from, PodSpec to) {
    List<Question> questions = new ArrayList<>();
    for (InetAddress source : from.addresses()) {
      for (InetAddress destination : to.addresses()) {
        if (source.getClass() == destination.getClass()) {
          for (Question.Service service : Question.Service.values()) {
            questions.add(
                new Question(name(from), name(to), text(source), text(destination), service));
          }
        }
      }
    }
    return questions;
  }

  /** The IPv4 question about these two. */
  static Question question(String from, String to, Question.Service service) {
    return questions().stream()
        .filter(q -> q.from().equals(from) && q.to().equals(to))
        .filter(q -> q.service() == service && !q.isIpv6())
        .findFirst()
        .orElseThrow();
  }

  /** The canonical text (RFC 5952) of the addresses used here. */
  private static String text(InetAddress address) {
    if (!(address instanceof Inet6Address)) {
      return address.getHostAddress();
    }
    return address.getHostAddress().replaceFirst("(:0)+(?=:)", ":");
  }
}
