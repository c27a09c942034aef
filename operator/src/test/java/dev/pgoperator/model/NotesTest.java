package dev.pgoperator.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class NotesTest {

  @Test
  void saysNothingAboutAPlainCluster() {
    assertThat(Notes.of(Blueprints.of(""))).isEmpty();
  }

  @Test
  void warnsWhenALimitIsRaised() {
    Blueprint b =
        Blueprints.of("  resources: {limits: {cpu: 100m}}\n", Map.of("min_cpu_limit", "250m"));
    assertThat(Notes.of(b))
        .containsExactly(
            new Note(
                "ResourceLimits",
                "the cpu limit 100m of container postgres is below the configured minimum; using 250m"));
  }

  @Test
  void saysWhichVolumesAreLeftOut() {
    Blueprint b =
        Blueprints.of(
            """
              additionalVolumes:
              - {name: a, mountPath: /x, volumeSource: {emptyDir: {}}}
              - {name: b, mountPath: /x, volumeSource: {emptyDir: {}}}
              - {name: dshm, mountPath: /y, volumeSource: {emptyDir: {}}}
            """);
    assertThat(Notes.of(b))
        .extracting(Note::text)
        .containsExactly(
            "additional volume b is left out: something is mounted at /x already",
            "additional volume dshm is left out: another volume has that name");
  }

  @Test
  void saysWhichRolesAreReserved() {
    assertThat(Notes.of(Blueprints.of("  users: {admin: [], postgres: [], app: []}\n")))
        .extracting(Note::text)
        .containsExactly(
            "role admin is left out: the name is reserved",
            "role postgres is left out: the name is reserved");
  }

  @Test
  void saysWhichContainersShareAName() {
    Blueprint b =
        Blueprints.of(
            "  sidecars: [{name: a, image: mine}]\n", Map.of("sidecar_docker_images", "a:theirs"));
    assertThat(Notes.of(b))
        .extracting(Note::text)
        .containsExactly("more than one container is called a; the first one counts");
    assertThat(Sidecars.of(b)).singleElement().extracting("image").isEqualTo("mine");
  }
}
