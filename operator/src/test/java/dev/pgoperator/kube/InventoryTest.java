package dev.pgoperator.kube;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgoperator.api.ClusterId;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.CronJobBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InventoryTest {
  private final Inventory inventory =
      new Inventory(object -> String.valueOf(object.getMetadata().getAnnotations()));

  private static Service service(String uid, String version, String owned) {
    return new ServiceBuilder()
        .withNewMetadata()
        .withNamespace("shop")
        .withName("orders")
        .withUid(uid)
        .withResourceVersion(version)
        .addToAnnotations("ours", owned)
        .endMetadata()
        .build();
  }

  private String version() {
    return inventory.find(Service.class, "shop", "orders").orElseThrow().version();
  }

  @Test
  void onlyAChangeOfWhatWeOwnIsNews() {
    assertThat(inventory.note(service("a", "9", "x"))).as("new").isTrue();
    assertThat(inventory.note(service("a", "10", "x")))
        .as("somebody else's field changed")
        .isFalse();
    assertThat(inventory.note(service("a", "11", "y"))).as("ours changed").isTrue();
    assertThat(inventory.note(service("b", "12", "y"))).as("made anew").isTrue();
  }

  @Test
  void aSecretThatChangedAtAllIsNewsBecauseItsPasswordMayBelongToSomebodyElse() {
    assertThat(inventory.note(secret("9"))).as("new").isTrue();
    assertThat(inventory.note(secret("10"))).as("edited, by another hand than ours").isTrue();
    assertThat(inventory.note(secret("10"))).as("seen already").isFalse();
  }

  private static Secret secret(String version) {
    return new SecretBuilder()
        .withNewMetadata()
        .withNamespace("shop")
        .withName("app")
        .withUid("s")
        .withResourceVersion(version)
        .endMetadata()
        .build();
  }

  @Test
  void anEventFromBeforeOurOwnWriteChangesNothing() {
    inventory.note(service("a", "100", "written by us"));
    assertThat(inventory.note(service("a", "99", "older"))).isFalse();
    assertThat(version()).isEqualTo("100");
  }

  @Test
  void versionsAreComparedAsNumbers() {
    inventory.note(service("a", "9", "x"));
    inventory.note(service("a", "10", "y"));
    assertThat(version()).isEqualTo("10");
  }

  @Test
  void whatIsGoneIsForgottenOnce() {
    inventory.note(service("a", "1", "x"));
    assertThat(inventory.forget(service("a", "2", "x"))).isTrue();
    assertThat(inventory.forget(service("a", "2", "x"))).isFalse();
    assertThat(inventory.find(Service.class, "shop", "orders")).isEmpty();
  }

  private static StatefulSet set(long generation, long observed, String revision) {
    return new StatefulSetBuilder()
        .withNewMetadata()
        .withNamespace("shop")
        .withName("orders")
        .withUid("a")
        .withResourceVersion(String.valueOf(generation * 10 + observed))
        .withGeneration(generation)
        .endMetadata()
        .withNewStatus()
        .withObservedGeneration(observed)
        .withUpdateRevision(revision)
        .endStatus()
        .build();
  }

  private String revision() {
    return inventory.find(StatefulSet.class, "shop", "orders").orElseThrow().revision();
  }

  @Test
  void aRevisionCountsOnlyWhenItIsThatOfTheNewestTemplate() {
    inventory.note(set(1, 1, "r1"));
    assertThat(revision()).isEqualTo("r1");
    assertThat(inventory.note(set(2, 1, "r1"))).isFalse();
    assertThat(revision()).as("the controller has not seen the change").isEmpty();
    assertThat(inventory.note(set(2, 2, "r2"))).as("pods can be told apart now").isTrue();
    assertThat(revision()).isEqualTo("r2");
  }

  @Test
  void objectsWhoseNamesNobodyCanDeriveAreFoundByTheirCluster() {
    var orders = new ClusterId("shop", "orders");
    CronJob job =
        new CronJobBuilder()
            .withNewMetadata()
            .withNamespace("shop")
            .withName("some-prefix-orders")
            .endMetadata()
            .build();

    inventory.note(job, orders);
    inventory.note(service("a", "1", "x"), orders);

    assertThat(inventory.names(CronJob.class, orders)).containsExactly("some-prefix-orders");
    assertThat(inventory.names(CronJob.class, new ClusterId("shop", "carts"))).isEmpty();
    assertThat(inventory.forget(ObjectKey.of(job), orders)).isTrue();
    assertThat(inventory.names(CronJob.class, orders)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "orders-0,true",
    "orders-12,true",
    "orders-pooler-6f7d9c5b8d-x2x7z,false",
    "orders-pooler-6f7d9c5b8d-00000,false",
    "logical-backup-orders-29402430-abcde,false"
  })
  void podsOfAddOnsAreNoneOfTheDatabaseWhateverLabelsTheyHave(String name, boolean ofDatabase) {
    Pod pod =
        new PodBuilder()
            .withNewMetadata()
            .withNamespace("shop")
            .withName(name)
            .withUid("u")
            .addToLabels("cluster-name", "orders")
            .addToLabels("spilo-role", "master")
            .endMetadata()
            .build();
    assertThat(PodState.of(pod, "cluster-name", "spilo-role").ofDatabase()).isEqualTo(ofDatabase);
  }
}
