package dev.pgoperator.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * The edits whose effect was recorded at the reference operator (updates.md of the conformance
 * data), and others like them: what each does to the objects and to the running pods.
 */
class UpdateTableTest {

  private static final String SETTINGS =
      "spec.template.spec.containers[postgres].env[SPILO_CONFIGURATION].value.";
  private static final String DYNAMIC = SETTINGS + "bootstrap.dcs.postgresql.parameters.";
  private static final Edit BEFORE = new Edit();

  /** The manifest of the recorded table, with one thing changed. */
  private static final class Edit {
    private final Map<String, String> values =
        new TreeMap<>(
            Map.of(
                "instances", "1",
                "parameters", "shared_buffers: 32MB, max_connections: '50'",
                "users", "first_user: []",
                "databases", "firstdb: first_user",
                "size", "1Gi",
                "more", ""));

    Edit with(String what, String value) {
      values.put(what, value);
      return this;
    }

    Blueprint blueprint() {
      return Blueprints.fromManifest(
          """
          apiVersion: acid.zalan.do/v1
          kind: postgresql
          metadata: {name: demo, namespace: ns, uid: u-1}
          spec:
            teamId: acid
            numberOfInstances: %s
            postgresql: {version: "17", parameters: {%s}}
            users: {%s}
            databases: {%s}
            volume: {size: %s}
            resources: {requests: {cpu: 10m, memory: 100Mi}, limits: {cpu: 800m, memory: 400Mi}}
            %s
          """
              .formatted(
                  values.get("instances"),
                  values.get("parameters"),
                  values.get("users"),
                  values.get("databases"),
                  values.get("size"),
                  values.get("more")),
          Map.of());
    }

    /** What the edit changes in the StatefulSet. */
    List<Difference> differences() {
      return Drift.compare(set(), BEFORE.set());
    }

    /** What a pod from before the edit lacks. */
    List<Difference> ofThePods() {
      return PodDrift.compare(set().getSpec().getTemplate(), BEFORE.pod(), DriftRules.STRICT);
    }

    private StatefulSet set() {
      return StatefulSets.desired(blueprint());
    }

    private Pod pod() {
      var template = set().getSpec().getTemplate();
      return new PodBuilder()
          .withMetadata(template.getMetadata())
          .withSpec(template.getSpec())
          .build();
    }
  }

  private static Edit edit(String what, String value) {
    return new Edit().with(what, value);
  }

  @Test
  void moreInstancesLeaveThePodsAlone() {
    Edit edit = edit("instances", "2");

    assertThat(edit.differences())
        .containsExactly(new Difference("spec.replicas", "1", "2", Effect.IN_PLACE));
    assertThat(edit.ofThePods()).isEmpty();
  }

  @Test
  void aParameterThatIsReloadedGoesThroughPatroniAndLeavesTheObjectAlone() {
    Edit edit = edit("parameters", "shared_buffers: 32MB, max_connections: '50', work_mem: 8MB");

    assertThat(edit.differences())
        .containsExactly(new Difference(DYNAMIC + "work_mem", "", "8MB", Effect.RELOAD));
    assertThat(Projection.hash(edit.set()))
        .as("nothing is to be written")
        .isEqualTo(Projection.hash(BEFORE.set()));
  }

  @Test
  void aParameterOfTheStartRestartsPostgresInItsPod() {
    Edit edit = edit("parameters", "shared_buffers: 32MB, max_connections: '60'");

    assertThat(edit.differences())
        .containsExactly(
            new Difference(DYNAMIC + "max_connections", "50", "60", Effect.POSTGRES_RESTART));
    assertThat(edit.ofThePods())
        .extracting(Difference::effect)
        .containsExactly(Effect.POSTGRES_RESTART);
    assertThat(Projection.hash(edit.set())).isEqualTo(Projection.hash(BEFORE.set()));
  }

  @Test
  void aUserAndADatabaseChangeNoObjectOfThePods() {
    Edit edit =
        edit("users", "first_user: [], second_user: [createdb]")
            .with("databases", "firstdb: first_user, seconddb: second_user");

    assertThat(edit.differences()).isEmpty();
    assertThat(edit.ofThePods()).isEmpty();
  }

  @Test
  void anAnnotationOfPodsArrivesWithoutARestart() {
    Edit edit = edit("more", "podAnnotations: {note: x1}");

    Difference note =
        new Difference("spec.template.metadata.annotations.note", "", "x1", Effect.IN_PLACE);
    assertThat(edit.differences()).containsExactly(note);
    assertThat(edit.ofThePods()).containsExactly(note);
  }

  @Test
  void aLocalParameterReplacesThePods() {
    Edit edit = edit("parameters", "shared_buffers: 48MB, max_connections: '50'");

    Difference buffers =
        new Difference(
            SETTINGS + "postgresql.parameters.shared_buffers",
            "32MB",
            "48MB",
            Effect.POD_RECREATION);
    assertThat(edit.differences()).containsExactly(buffers);
    assertThat(edit.ofThePods()).containsExactly(buffers);
  }

  /** Here the reference rotates all pods for nothing. */
  @Test
  void initdbIsOfNoConcernToADatabaseThatExists() {
    Edit edit = edit("more", "patroni: {initdb: {encoding: UTF8}}");

    assertThat(edit.differences()).extracting(Difference::effect).containsOnly(Effect.NONE);
    assertThat(edit.ofThePods()).extracting(Difference::effect).containsOnly(Effect.NONE);
  }

  /** Here the reference makes the StatefulSet anew; so do we, and the pods stay. */
  @Test
  void aLargerVolumeLeavesThePodsAlone() {
    Edit edit = edit("size", "2Gi");

    assertThat(edit.differences())
        .extracting(Difference::effect)
        .containsExactly(Effect.RECREATE_OBJECT);
    assertThat(edit.ofThePods()).isEmpty();
  }

  @Test
  void aSmallerVolumeIsRefused() {
    assertThat(edit("size", "500Mi").differences())
        .extracting(Difference::effect)
        .containsExactly(Effect.FORBIDDEN);
  }
}
