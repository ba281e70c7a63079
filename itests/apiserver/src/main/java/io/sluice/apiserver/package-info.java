/**
 * A Kubernetes API server for tests, in a process of its own.
 *
 * <p>{@link io.sluice.apiserver.ApiServer} is a test's hand on it: start, kill, pause, resume and
 * restart the process, put and delete objects, switch faults on and off, and see what clients have
 * asked. What a client sees is plain HTTP on a loopback port, with a bearer token; the kubeconfig
 * for it is written beside the server's objects.
 *
 * <pre>{@code
 * try (ApiServer server = ApiServer.start(folder)) {
 *   server.apply("apiVersion: v1\nkind: Namespace\nmetadata: {name: shop}");
 *   client(server.kubeconfig());
 *   server.kill();
 *   server.restart();
 *   server.faults().answer(429, Duration.ofSeconds(1), 3, "pods");
 * }
 * }</pre>
 *
 * <p>The objects are files of a directory: a server that is restarted has what it had, less what
 * the test has taken away meanwhile ({@link io.sluice.apiserver.ApiServer#forgetEverySecond}).
 * Nothing of the server's libraries is on the class path of whoever uses this.
 */
@NullMarked
package io.sluice.apiserver;

import org.jspecify.annotations.NullMarked;
