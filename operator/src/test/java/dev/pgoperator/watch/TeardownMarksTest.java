package dev.pgoperator.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgoperator.api.ClusterId;
import dev.pgoperator.cluster.ClusterVerticle.Next;
import dev.pgoperator.cluster.Pending;
import dev.pgoperator.cluster.TeardownMark;
import dev.pgoperator.fleet.Fleet;
import dev.pgoperator.kube.Change;
import dev.pgoperator.pace.Limits;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Teardowns that another pod, or an earlier process, has begun. */
class TeardownMarksTest {
  private final Vertx vertx = Vertx.vertx();
  private final BlockingQueue<String> torn = new LinkedBlockingQueue<>();
  private final List<ClusterId> gone = new ArrayList<>();
  private final TeardownMarks marks = new TeardownMarks(change -> {}, gone::add, "");
  private final Fleet fleet =
      new Fleet(
          vertx,
          new Limits(4, 4),
          (all, mailbox) ->
              (pending, turn) -> {
                torn.add(mailbox.id() + " " + uid(pending));
                return new Next.Settled();
              });

  private static String uid(Pending pending) {
    return pending.deletion().map(last -> last.uid()).orElse("");
  }

  @AfterEach
  void close() throws Exception {
    vertx.close().await(10, TimeUnit.SECONDS);
  }

  private static StatefulSet set(String name, Map<String, String> annotations) {
    return new StatefulSetBuilder()
        .withNewMetadata()
        .withNamespace("shop")
        .withName(name)
        .withAnnotations(annotations)
        .endMetadata()
        .build();
  }

  private void marked(String name, String uid) {
    marks.accept(new Change.Present<>(set(name, Map.of(TeardownMark.ANNOTATION, uid))));
  }

  @Test
  void thoseOfOneShardAreResumedByWhoeverHoldsIt() throws Exception {
    marked("orders", "a");
    marked("billing", "b");
    marks.resume(fleet, id -> id.name().equals("billing"));
    assertThat(torn.poll(10, TimeUnit.SECONDS)).isEqualTo("shop/billing b");
    marks.takeUp(fleet, id -> id.name().equals("orders"));
    assertThat(torn.poll(10, TimeUnit.SECONDS)).isEqualTo("shop/orders a");
  }

  @Test
  void whatAnOperatorWithAnotherIdHasBegunIsLeftToIt() throws Exception {
    marked("orders", "a theirs");
    marked("billing", "b");
    marks.resume(fleet, id -> true);
    assertThat(torn.poll(10, TimeUnit.SECONDS)).isEqualTo("shop/billing b");
    assertThat(fleet.known()).containsExactly(new ClusterId("shop", "billing"));
  }

  @Test
  void whatAnotherPodHasFinishedIsNotResumed() throws Exception {
    marked("orders", "a");
    marked("billing", "b");
    marked("stock", "c");
    marks.accept(new Change.Gone<>(set("orders", Map.of())));
    marks.accept(new Change.Present<>(set("billing", Map.of()))); // made anew
    marks.takeUp(fleet, id -> true);
    assertThat(torn.poll(10, TimeUnit.SECONDS)).isEqualTo("shop/stock c");
    assertThat(fleet.known()).containsExactly(new ClusterId("shop", "stock"));
    assertThat(gone).containsExactly(new ClusterId("shop", "orders"));
  }
}
