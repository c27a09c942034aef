package dev.pgoperator.e2e;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.LocalPortForward;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Ways to a port of a pod: its own address where the machine of the tests has a route to it, as on
 * the bed, otherwise through the API server.
 */
final class Doors implements AutoCloseable {
  private static final int ROUTE_MILLIS = 500;

  private final KubernetesClient client;
  private final Map<String, LocalPortForward> forwards = new ConcurrentHashMap<>();
  private volatile boolean routed;

  Doors(KubernetesClient client) {
    this.client = client;
  }

  InetSocketAddress to(Pod pod, int port) {
    InetSocketAddress own = new InetSocketAddress(pod.getStatus().getPodIP(), port);
    // A port that is closed yet says nothing about the route, so only an open one decides, and for
    // good.
    if (routed || routed(own)) {
      return own;
    }
    LocalPortForward forward =
        forwards.computeIfAbsent(
            pod.getMetadata().getUid() + ":" + port,
            key ->
                client
                    .pods()
                    .inNamespace(pod.getMetadata().getNamespace())
                    .withName(pod.getMetadata().getName())
                    .portForward(port));
    return new InetSocketAddress(forward.getLocalAddress(), forward.getLocalPort());
  }

  private boolean routed(InetSocketAddress address) {
    try (var socket = new Socket()) {
      socket.connect(address, ROUTE_MILLIS);
      routed = true;
    } catch (java.net.ConnectException refused) {
      return true; // a host that refuses is one that is reached
    } catch (IOException unreachable) {
      return false;
    }
    return true;
  }

  @Override
  public void close() {
    for (LocalPortForward forward : forwards.values()) {
      try {
        forward.close();
      } catch (IOException gone) {
        // Its pod was deleted.
      }
    }
  }
}
