package dev.pgoperator.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgoperator.api.SecretText;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DriftTest {

  private static final String POD = "spec.template.spec.";
  private static final String POSTGRES = POD + "containers[postgres].";

  /** Differences between a plain cluster and one with these lines in its spec. */
  private static List<Difference> edit(String moreSpec) {
    return Drift.compare(
        StatefulSets.desired(Blueprints.of(moreSpec)), StatefulSets.desired(Blueprints.of("")));
  }

  @Test
  void restartsPodsForALocalParameter() {
    assertThat(edit("  patroni: {pg_hba: [local all all trust]}\n"))
        .containsExactly(
            new Difference(
                POSTGRES + "env[SPILO_CONFIGURATION].value.postgresql.pg_hba[0]",
                "",
                "local all all trust",
                Effect.POD_RECREATION));
  }

  @Test
  void leavesDynamicParametersToPatroni() {
    assertThat(edit("  patroni: {ttl: 45}\n"))
        .containsExactly(
            new Difference(
                POSTGRES + "env[SPILO_CONFIGURATION].value.bootstrap.dcs.ttl",
                "",
                "45",
                Effect.PATRONI_CONFIG));
  }

  @Test
  void leavesInitdbToClustersThatAreStillToCome() {
    assertThat(edit("  patroni: {initdb: {encoding: UTF8}}\n"))
        .extracting(Difference::effect)
        .containsOnly(Effect.NONE);
  }

  @Test
  void patchesAnnotationsOfRunningPods() {
    assertThat(edit("  podAnnotations: {note: x1}\n"))
        .containsExactly(
            new Difference("spec.template.metadata.annotations.note", "", "x1", Effect.IN_PLACE));
  }

  @Test
  void tellsANewContainerAsOneDifference() {
    assertThat(edit("  sidecars: [{name: helper, image: pause}]\n"))
        .containsExactly(
            new Difference(POD + "containers[helper]", "", "present", Effect.POD_RECREATION));
  }

  @Test
  void tellsANewVariableWithItsValue() {
    assertThat(edit("  env: [{name: A, value: b}]\n"))
        .containsExactly(new Difference(POSTGRES + "env[A]", "", "b", Effect.POD_RECREATION));
  }

  @Test
  void hidesSecretsInVariables() {
    assertThat(edit("  env: [{name: MY_PASSWORD, value: hush}]\n").toString())
        .contains("***")
        .doesNotContain("hush");
  }

  @Test
  void comparesQuantitiesByValue() {
    StatefulSet desired =
        StatefulSets.desired(
            Blueprints.of("  resources: {requests: {cpu: 500m, memory: 0.5Gi}}\n"));
    StatefulSet live =
        StatefulSets.desired(
            Blueprints.of("  resources: {requests: {cpu: '0.5', memory: 512Mi}}\n"));
    assertThat(Drift.compare(desired, live)).isEmpty();
  }

  @Test
  void comparesTolerationsAsASet() {
    StatefulSet desired =
        StatefulSets.desired(Blueprints.of("  tolerations: [{key: a}, {key: b}]\n"));
    StatefulSet live = StatefulSets.desired(Blueprints.of("  tolerations: [{key: b}, {key: a}]\n"));
    assertThat(Drift.compare(desired, live)).isEmpty();
  }

  @Test
  void removesWhatWeAppliedAndNoLongerWant() {
    StatefulSet live = Live.of(StatefulSets.desired(complete()));
    StatefulSet desired =
        new StatefulSetBuilder(StatefulSets.desired(complete()))
            .editSpec()
            .editTemplate()
            .editSpec()
            .withInitContainers(List.of())
            .endSpec()
            .endTemplate()
            .endSpec()
            .build();
    assertThat(Drift.compare(desired, live))
        .containsExactly(
            new Difference(POD + "initContainers[hello]", "present", "", Effect.POD_RECREATION));
  }

  @Test
  void leavesAloneWhatOthersAdded() {
    StatefulSet desired = StatefulSets.desired(complete());
    StatefulSet live =
        new StatefulSetBuilder(Live.of(desired))
            .editMetadata()
            .addToAnnotations("theirs", "1")
            .endMetadata()
            .build();
    assertThat(Drift.compare(desired, live)).isEmpty();
  }

  @Test
  void waitsWithImagesWhenUpgradesAreLazy() {
    Map<String, String> lazy = Map.of("enable_lazy_spilo_upgrade", "true");
    Blueprint b = Blueprints.of("  dockerImage: spilo:new\n", lazy);
    List<Difference> differences =
        Drift.compare(
            StatefulSets.desired(b),
            StatefulSets.desired(Blueprints.of("")),
            DriftRules.of(b.config()));
    assertThat(differences).extracting(Difference::field).containsExactly(POSTGRES + "image");
    assertThat(differences).extracting(Difference::effect).containsExactly(Effect.IN_PLACE);
  }

  @Test
  void ignoresTheAnnotationsItIsToldTo() {
    Blueprint b =
        Blueprints.of("  podAnnotations: {note: x1}\n", Map.of("ignored_annotations", "note"));
    assertThat(
            Drift.compare(
                StatefulSets.desired(b),
                StatefulSets.desired(Blueprints.of("")),
                DriftRules.of(b.config())))
        .isEmpty();
  }

  @Test
  void recreatesTheSetForALargerClaim() {
    StatefulSet larger = withStorage("2Gi");
    assertThat(Drift.compare(larger, withStorage("1Gi")))
        .extracting(Difference::effect)
        .containsExactly(Effect.RECREATE_OBJECT);
  }

  @Test
  void refusesASmallerClaim() {
    assertThat(Drift.compare(withStorage("1Gi"), withStorage("2Gi")))
        .extracting(Difference::effect)
        .containsExactly(Effect.FORBIDDEN);
  }

  private static StatefulSet withStorage(String size) {
    StatefulSet set = StatefulSets.desired(Blueprints.of(""));
    set.getSpec()
        .getVolumeClaimTemplates()
        .getFirst()
        .getSpec()
        .getResources()
        .setRequests(Map.of("storage", new Quantity(size)));
    return set;
  }

  @Test
  void refusesASelectorThatRunningPodsDoNotMatch() {
    Blueprint more = Blueprints.of("", Map.of("cluster_labels", "application:spilo,zone:a"));
    assertThat(Drift.compare(StatefulSets.desired(more), StatefulSets.desired(Blueprints.of(""))))
        .filteredOn(d -> d.field().startsWith("spec.selector"))
        .extracting(Difference::effect)
        .containsExactly(Effect.FORBIDDEN);
  }

  @Test
  void recreatesABudgetOfTheOldForm() {
    PodDisruptionBudget desired = Budgets.criticalOperation(Blueprints.of(""));
    PodDisruptionBudget live = Budgets.criticalOperation(Blueprints.of(""));
    live.getSpec().setMinAvailable(new IntOrString(1));
    assertThat(Drift.compare(desired, live))
        .containsExactly(new Difference("spec.minAvailable", "1", "", Effect.RECREATE_OBJECT));
  }

  @Test
  void changesServicesInPlace() {
    Service desired = Services.primary(Blueprints.of("  allowedSourceRanges: [10.0.0.0/8]\n"));
    assertThat(Drift.compare(desired, Services.primary(Blueprints.of(""))))
        .extracting(Difference::effect)
        .containsOnly(Effect.IN_PLACE);
  }

  @Test
  void neverShowsAPassword() {
    RoleCredential role = new RoleCredential("app", "app.demo", "ns");
    Secret desired =
        CredentialSecrets.desired(
            Blueprints.of(""), role, RoleSecret.fresh("app", new SecretText("new")));
    Secret live =
        CredentialSecrets.desired(
            Blueprints.of(""), role, RoleSecret.fresh("app", new SecretText("old")));
    assertThat(Drift.compare(desired, live))
        .containsExactly(new Difference("data.password", "***", "***", Effect.IN_PLACE));
  }

  @Test
  void saysWhatChangedInOneSentence() {
    assertThat(new Difference("spec.replicas", "1", "2", Effect.IN_PLACE).text())
        .isEqualTo("spec.replicas: 1 -> 2");
  }

  private static Blueprint complete() {
    return Fixture.blueprint(Fixture.CONFORMANCE.resolve("v02-complete"));
  }
}
