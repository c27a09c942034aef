package dev.pgoperator.cluster.step;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.pgoperator.api.ClusterId;
import dev.pgoperator.api.Origin;
import dev.pgoperator.kube.FakeKube;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** The lines of the log that tell what happens to a cluster. */
class JournalTest {
  private final Journal journal =
      new Journal(
          new FakeKube(),
          InstantSource.system(),
          new ClusterId("shop", "orders"),
          new Origin.Version("uid", "1", 1));
  private final Logger log = (Logger) LoggerFactory.getLogger(Journal.class);
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

  @BeforeEach
  void listen() {
    lines.start();
    log.addAppender(lines);
  }

  @AfterEach
  void stop() {
    log.detachAppender(lines);
    MDC.clear();
  }

  @Test
  void nameTheClusterAlsoWhereNoSyncRuns() {
    journal.tell("Switchover", "switchover from orders-0 to orders-1 begins");

    assertThat(lines.list)
        .singleElement()
        .satisfies(
            line -> assertThat(line.getMDCPropertyMap()).containsEntry("cluster", "shop/orders"));
    assertThat(MDC.get("cluster")).isNull();
  }

  @Test
  void leaveTheNameThatASyncHasSet() {
    MDC.put("cluster", "shop/orders");
    journal.warn("Update", "the rolling update has stopped");
    assertThat(MDC.get("cluster")).isEqualTo("shop/orders");
  }
}
