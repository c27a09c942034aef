package dev.pgoperator.kube;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MetadataStoreTest {
  private static final WatchScope OWNED =
      WatchScope.ofClusters(Optional.empty(), Map.of("application", "spilo"), "cluster-name");

  @Test
  void tellsOfAVanishedObjectWhoseItWas() {
    var store = new MetadataStore<>(Pod::new, OWNED);
    Pod pod = pod("7");

    assertThat(store.put(store.getKey(pod), pod)).isNull();

    assertThat(store.size()).isOne();
    var kept = store.values().findFirst().orElseThrow();
    assertThat(kept.getSpec()).isNull();
    assertThat(kept.getMetadata().getNamespace()).isEqualTo("here");
    assertThat(kept.getMetadata().getName()).isEqualTo("acid-one-0");
    assertThat(kept.getMetadata().getResourceVersion()).isEqualTo("7");
    assertThat(kept.getMetadata().getLabels())
        .isEqualTo(Map.of("application", "spilo", "cluster-name", "acid-one"));
    assertThat(store.getKey(kept)).isEqualTo(store.getKey(pod));
  }

  @Test
  void answersWithTheVersionBefore() {
    var store = new MetadataStore<>(Pod::new, OWNED);
    String key = store.getKey(pod("7"));
    store.put(key, pod("7"));

    assertThat(store.put(key, pod("8")).getMetadata().getResourceVersion()).isEqualTo("7");
    assertThat(store.get(key).getMetadata().getResourceVersion()).isEqualTo("8");
    assertThat(store.remove(key).getMetadata().getResourceVersion()).isEqualTo("8");
    assertThat(store.get(key)).isNull();
    assertThat(store.remove(key)).isNull();
  }

  /** Events about an object that vanished name it by its uid. */
  @Test
  void keepsTheUidOfWhatIsWatchedByName() {
    var store =
        new MetadataStore<>(ConfigMap::new, WatchScope.named(Optional.of("here"), "options"));
    ConfigMap map =
        new ConfigMapBuilder()
            .withNewMetadata()
            .withNamespace("here")
            .withName("options")
            .withUid("u-1")
            .withResourceVersion("3")
            .endMetadata()
            .build();
    store.put(store.getKey(map), map);

    assertThat(store.get(store.getKey(map)).getMetadata().getUid()).isEqualTo("u-1");
  }

  @Test
  void takesObjectsWithoutANamespace() {
    var store = new MetadataStore<>(Node::new, WatchScope.all(Optional.empty()));
    Node node =
        new NodeBuilder()
            .withNewMetadata()
            .withName("one")
            .withResourceVersion("1")
            .endMetadata()
            .build();
    store.put(store.getKey(node), node);

    Node kept = store.get(store.getKey(node));
    assertThat(kept.getMetadata().getNamespace()).isNull();
    assertThat(kept.getMetadata().getName()).isEqualTo("one");
    assertThat(store.getKey(kept)).isEqualTo(store.getKey(node));
  }

  private static Pod pod(String version) {
    return new PodBuilder()
        .withNewMetadata()
        .withNamespace("here")
        .withName("acid-one-0")
        .withUid("u-7")
        .withResourceVersion(version)
        .addToLabels("application", "spilo")
        .addToLabels("cluster-name", "acid-one")
        .addToLabels("statefulset.kubernetes.io/pod-name", "acid-one-0")
        .endMetadata()
        .withNewSpec()
        .withNodeName("n")
        .endSpec()
        .build();
  }
}
