package dev.pgoperator.shard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgoperator.api.ClusterId;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShardsTest {

  /** Pods of two versions must agree: these figures may never change. */
  @ParameterizedTest
  @CsvSource({"shop, orders, 1", "shop, billing, 1", "default, acid-minimal-cluster, 5"})
  void theShardOfAClusterNeverChanges(String namespace, String name, int shard) {
    assertThat(Shards.of(new ClusterId(namespace, name))).isEqualTo(shard);
  }

  @Test
  void clustersWithSimilarNamesAreSpreadEvenly() {
    int[] counts = new int[Shards.COUNT];
    IntStream.range(0, 8000)
        .forEach(i -> counts[Shards.of(new ClusterId("fleet", "cluster-" + i))]++);
    assertThat(IntStream.of(counts).boxed()).allMatch(count -> count > 850 && count < 1150);
  }

  @ParameterizedTest
  @CsvSource({
    "'', '', postgres-operator-shard-3",
    "second, '', postgres-operator-second-shard-3",
    "'', shop, postgres-operator-in-shop-shard-3"
  })
  void operatorsThatCareForDifferentManifestsHaveDifferentLeases(
      String controller, String namespace, String name) {
    Optional<String> only = Optional.of(namespace).filter(one -> !one.isEmpty());
    assertThat(LeaseNames.of(controller, only).shard(3)).isEqualTo(name);
  }

  @Test
  void idsThatAreNoNamesStayDifferent() {
    LeaseNames small = LeaseNames.of("team a", Optional.empty());
    LeaseNames great = LeaseNames.of("TEAM A", Optional.empty());
    assertThat(small).isNotEqualTo(great);
    assertThat(small.shard(0)).matches("[a-z0-9-]+");
    assertThat(LeaseNames.of("x".repeat(200), Optional.empty()).prefix()).hasSizeLessThan(64);
  }

  @Test
  void aPodIsTheSameAfterItsContainerWasStartedAnew() {
    Map<String, String> pod = Map.of("POD_NAME", "operator-1", "POD_UID", "u-1");
    assertThat(Identity.of(pod)).isEqualTo(Identity.of(pod));
    assertThat(Identity.of(pod))
        .isNotEqualTo(Identity.of(Map.of("POD_NAME", "operator-1", "POD_UID", "u-2")));
  }

  @Test
  void aNameAloneIsNoIdentity() {
    Map<String, String> process = Map.of("HOSTNAME", "node-7");
    assertThat(Identity.of(process)).isNotEqualTo(Identity.of(process));
  }
}
