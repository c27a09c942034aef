package dev.pgoperator.cluster;

import dev.pgoperator.api.ClusterId;
import dev.pgoperator.api.Manifest;
import dev.pgoperator.api.Origin;
import dev.pgoperator.api.Postgresql;
import dev.pgoperator.cluster.ClusterVerticle.Next;
import dev.pgoperator.cluster.step.Memory;
import dev.pgoperator.cluster.step.Ports;
import dev.pgoperator.cluster.step.Preempted;
import dev.pgoperator.cluster.step.StepFailed;
import dev.pgoperator.cluster.step.Turn;
import dev.pgoperator.config.OperatorConfig;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a cluster's verticle does with a look into the mailbox: tear down what was deleted,
 * otherwise sync the newest manifest, or say what is wrong with it. Used by one verticle only.
 */
public final class ClusterWork implements ClusterVerticle.Work {
  private static final Logger LOG = LoggerFactory.getLogger(ClusterWork.class);

  private final Mailbox mailbox;
  private final Ports ports;
  private final Supplier<OperatorConfig> config;
  private final RoleLookup roles;
  private final Consumer<ClusterId> gone;
  private Life life;

  /**
   * What is remembered of one manifest object; another object of the same name starts with nothing.
   */
  private record Life(String uid, Memory memory, StatusDesk status) {}

  /**
   * @param config gives the configuration in force; asked once for each sync
   * @param roles knows who defines roles beside manifests
   * @param gone is told when the teardown of a deleted cluster is complete
   */
  public ClusterWork(
      Mailbox mailbox,
      Ports ports,
      Supplier<OperatorConfig> config,
      RoleLookup roles,
      Consumer<ClusterId> gone) {
    this.mailbox = mailbox;
    this.ports = ports;
    this.config = config;
    this.roles = roles;
    this.gone = gone;
    this.life =
        new Life(
            "",
            new Memory(),
            new StatusDesk(ports, mailbox.id(), dev.pgoperator.api.ClusterStatus.NONE));
  }

  @Override
  public Next run(Pending pending, Turn turn) {
    try {
      return pending.deletion().isPresent()
          ? tearDown(pending.deletion().get())
          : sync(pending, turn);
    } catch (Preempted handedOver) {
      LOG.info("{}", handedOver.getMessage());
      turn.leave();
      return new Next.Settled();
    } catch (StepFailed failure) {
      LOG.warn("{}", failure.getMessage());
      return again(pending);
    } catch (RuntimeException bug) {
      LOG.error("unexpected failure", bug);
      return again(pending);
    }
  }

  @Override
  public boolean goesOn() {
    return life.memory().orderGoesOn();
  }

  private Next again(Pending pending) {
    Duration pause = Backoff.after(life.memory().failedAgain(), mailbox.id().hashCode());
    pending.deletion().ifPresent(mailbox::postpone);
    LOG.info("next attempt in {} ms", pause.toMillis());
    return new Next.Again(pause, new Trigger.Retry("a failure"));
  }

  private Next tearDown(Origin last) {
    return switch (new Teardown(mailbox.id(), last, config.get(), ports, life.memory().unlisted())
        .round()) {
      case Teardown.Progress.PodsRemain(var pause) -> {
        mailbox.postpone(last);
        yield new Next.Again(pause, new Trigger.Retry("pods remain"));
      }
      case Teardown.Progress.Held() -> new Next.Settled();
      case Teardown.Progress.Complete() -> afterTeardown();
    };
  }

  /** A manifest of the same name may have come meanwhile: its cluster is made now. */
  private Next afterTeardown() {
    if (mailbox.newest().isPresent()) {
      return new Next.Again(
          Duration.ZERO, new Trigger.Retry("a new manifest took the place of the deleted one"));
    }
    gone.accept(mailbox.id());
    return new Next.Gone();
  }

  private Next sync(Pending pending, Turn turn) {
    Optional<Manifest> newest = mailbox.newest();
    if (newest.isEmpty()) {
      return new Next.Settled();
    }
    Origin origin = newest.get().origin();
    if (!life.uid().equals(origin.uid())) {
      life =
          new Life(
              origin.uid(), new Memory(), new StatusDesk(ports, mailbox.id(), origin.status()));
    }
    if (pending.freshStart()) {
      life.memory().succeeded();
    }
    return switch (newest.get()) {
      case Manifest.Malformed malformed -> {
        life.status().rejected(malformed);
        yield new Next.Settled();
      }
      case Manifest.Valid(var cluster) -> sync(cluster, pending.thorough(), turn);
    };
  }

  private Next sync(Postgresql cluster, boolean thorough, Turn turn) {
    OperatorConfig options = config.get();
    return new Sync(
            cluster, options, roles.of(cluster, options), ports, life.memory(), life.status())
        .run(thorough, turn);
  }
}
