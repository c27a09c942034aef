package dev.pgoperator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgoperator.api.ClusterId;
import dev.pgoperator.pace.Lane;
import org.junit.jupiter.api.Test;

class MailboxTest {
  private final Mailbox mailbox = new Mailbox(new ClusterId("shop", "orders"));

  @Test
  void manyTriggersBecomeOnePieceOfWork() {
    for (int i = 0; i < 50; i++) {
      mailbox.merge(new Trigger.PodChanged("orders-" + i));
    }
    mailbox.merge(new Trigger.Resync());

    assertThat(mailbox.take().kinds()).containsExactlyInAnyOrder("pod-changed", "resync");
    assertThat(mailbox.take().isEmpty()).isTrue();
  }

  @Test
  void theNewestManifestCountsHoweverManyArrived() {
    mailbox.merge(new Trigger.SpecChanged(Manifests.valid("orders", "a", 1)));
    mailbox.merge(new Trigger.SpecChanged(Manifests.valid("orders", "a", 2)));

    assertThat(mailbox.newest().orElseThrow().origin().generation()).isEqualTo(2);
    assertThat(mailbox.take().urgent()).isTrue();
    assertThat(mailbox.newest()).as("the manifest outlives the work").isPresent();
  }

  @Test
  void aNewClusterIsNotAsUrgentAsAnEditOfOneThatStands() {
    mailbox.merge(Trigger.firstSight(Manifests.valid("orders", "a", 1)));
    assertThat(mailbox.newest()).isPresent();
    assertThat(mailbox.waiting().freshStart()).isTrue();
    assertThat(mailbox.lane()).isEqualTo(Lane.CREATION);

    mailbox.merge(new Trigger.SpecChanged(Manifests.valid("orders", "a", 2)));
    assertThat(mailbox.lane()).isEqualTo(Lane.PERSON);
  }

  @Test
  void whatHappensToAClusterIsMoreUrgentOnceItRuns() {
    mailbox.merge(Trigger.firstSight(Manifests.valid("orders", "a", 1)));
    mailbox.take();
    mailbox.merge(new Trigger.PodChanged("orders-0"));
    assertThat(mailbox.lane()).as("a pod of a new cluster has come").isEqualTo(Lane.CREATION);

    mailbox.note(Manifests.running("orders", "a", 1));
    assertThat(mailbox.lane()).isEqualTo(Lane.EVENT);
    assertThat(Trigger.firstSight(Manifests.running("orders", "a", 1)).kind()).isEqualTo("found");
  }

  @Test
  void aDeletionIsSeenByARunningSyncAndTakesTheManifestAway() {
    var manifest = Manifests.valid("orders", "a", 1);
    mailbox.merge(new Trigger.SpecChanged(manifest));
    mailbox.merge(new Trigger.Deleted(manifest.origin()));

    assertThat(mailbox.deleteWaiting()).isTrue();
    assertThat(mailbox.newest()).isEmpty();
    assertThat(mailbox.take().deletion())
        .hasValueSatisfying(last -> assertThat(last.uid()).isEqualTo("a"));
    assertThat(mailbox.deleteWaiting()).isFalse();
  }

  @Test
  void aManifestThatTookTheNameOfADeletedOneIsKept() {
    mailbox.merge(new Trigger.SpecChanged(Manifests.valid("orders", "new", 1)));
    mailbox.merge(new Trigger.Deleted(Manifests.valid("orders", "old", 7).origin()));

    assertThat(mailbox.newest())
        .hasValueSatisfying(m -> assertThat(m.origin().uid()).isEqualTo("new"));
    assertThat(mailbox.take().deletion())
        .hasValueSatisfying(last -> assertThat(last.uid()).isEqualTo("old"));
  }

  @Test
  void aPostponedDeletionWaitsForTheNextTriggerWhateverItIs() {
    var origin = Manifests.valid("orders", "a", 1).origin();
    mailbox.merge(new Trigger.Deleted(origin));
    mailbox.take();
    mailbox.postpone(origin);

    assertThat(mailbox.take().isEmpty()).as("it does not ask for work by itself").isTrue();
    assertThat(mailbox.abandoned()).isFalse();
    mailbox.merge(new Trigger.PodChanged("orders-0"));
    assertThat(mailbox.take().deletion()).contains(origin);
  }

  @Test
  void itIsAbandonedOnlyWithoutManifestAndWork() {
    var manifest = Manifests.valid("orders", "a", 1);
    mailbox.merge(new Trigger.SpecChanged(manifest));
    assertThat(mailbox.abandoned()).isFalse();
    mailbox.merge(new Trigger.Deleted(manifest.origin()));
    assertThat(mailbox.abandoned()).isFalse();
    mailbox.take();
    assertThat(mailbox.abandoned()).isTrue();
  }
}
