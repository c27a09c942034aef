package dev.pgoperator.kube;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.PodBuilder;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read from the annotation that Patroni keeps on a member's pod, and what wakes nobody. */
class MemberAnnotationTest {

  private static boolean stalled(String annotation) {
    return MemberAnnotation.saysStalled(Map.of("status", annotation));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        """
        {"state":"running","role":"replica","version":"4.0.7","xlog_location":67108864}
        """,
        """
        {"state":"running","role":"replica","version":"3.0.4","xlog_location":67108864}
        """,
        """
        {"state":"running","role":"replica","version":"10.1","xlog_location":67108864}
        """,
        """
        {"state":"running","role":"replica","version":"4.0.7","xlog_location":67108864,
         "replication_state":"in archive recovery","tags":{"nofailover":true}}
        """
      })
  void aRunningReplicaToWhichNothingStreams(String annotation) {
    assertThat(stalled(annotation)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // it streams
        """
        {"state":"running","role":"replica","version":"4.0.7","xlog_location":67108864,
         "replication_state":"streaming","timeline":1}
        """,
        // a Patroni that does not know how its replica gets its WAL, or has no version
        """
        {"state":"running","role":"replica","version":"3.0.3","xlog_location":67108864}
        """,
        """
        {"state":"running","role":"replica","version":"2.1.7","xlog_location":67108864}
        """,
        """
        {"state":"running","role":"replica","xlog_location":67108864}
        """,
        """
        {"state":"running","role":"replica","version":"newest","xlog_location":67108864}
        """,
        // the server could not be asked, or is busy with something else
        """
        {"state":"running","role":"replica","version":"4.0.7"}
        """,
        """
        {"state":"starting","role":"replica","version":"4.0.7","xlog_location":67108864}
        """,
        """
        {"state":"creating replica","role":"replica","version":"4.0.7"}
        """,
        // it is not to stream
        """
        {"state":"running","role":"replica","version":"4.0.7","xlog_location":67108864,
         "replication_state":"in archive recovery","tags":{"nostream":true}}
        """,
        // it leads
        """
        {"state":"running","role":"primary","version":"4.0.7","xlog_location":67108864}
        """,
        """
        {"state":"running","role":"standby_leader","version":"4.0.7","xlog_location":67108864,
         "replication_state":"in archive recovery"}
        """,
        // somebody else's
        "fine",
        "[]",
        "7",
        ""
      })
  void nothingIsConcludedFrom(String annotation) {
    assertThat(stalled(annotation)).isFalse();
  }

  @Test
  void norFromAPodWithoutIt() {
    assertThat(MemberAnnotation.saysStalled(Map.of())).isFalse();
  }

  private static PodState saying(String replication, long position) {
    return PodState.of(
        new PodBuilder()
            .withNewMetadata()
            .withNamespace("shop")
            .withName("orders-1")
            .withUid("u1")
            .addToLabels("cluster-name", "orders")
            .addToLabels("spilo-role", "replica")
            .addToAnnotations(
                "status",
                """
                {"state":"running","role":"replica","version":"4.0.7","xlog_location":%d%s}
                """
                    .formatted(position, replication))
            .endMetadata()
            .build(),
        "cluster-name",
        "spilo-role");
  }

  @Test
  void anotherPositionInTheWalIsNoNewsAndTheEndOfStreamingIs() {
    var inventory = new Inventory(object -> "");
    String streams = ",\"replication_state\":\"streaming\"";
    inventory.note(saying(streams, 100));

    assertThat(inventory.note(saying(streams, 200))).as("it goes on").isFalse();
    assertThat(inventory.note(saying("", 200))).as("it streams no more").isTrue();
    assertThat(inventory.note(saying("", 300))).as("nothing new").isFalse();
    assertThat(inventory.note(saying(streams, 400))).as("it streams again").isTrue();
  }
}
