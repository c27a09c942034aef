package dev.pgoperator.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgoperator.model.CloudDisk;
import io.vertx.core.Vertx;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ec2.Ec2Client;

/** Against moto, which answers as EC2 does. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class Ec2DisksIT {
  private static final String REGION = "eu-central-1";

  private final Vertx vertx = Vertx.vertx();
  private final Moto moto = Moto.start();
  private final Ec2Disks disks = new Ec2Disks(vertx, Optional.of(moto.endpoint()));
  private final Ec2Client person =
      Ec2Client.builder()
          .region(Region.of(REGION))
          .httpClientBuilder(UrlConnectionHttpClient.builder())
          .endpointOverride(moto.endpoint())
          .build();

  @BeforeAll
  static void credentials() {
    System.setProperty("aws.accessKeyId", "of-moto");
    System.setProperty("aws.secretAccessKey", "of-moto");
  }

  @AfterAll
  void close() throws Exception {
    person.close();
    disks.close();
    moto.close();
    vertx.close().await(10, TimeUnit.SECONDS);
    System.clearProperty("aws.accessKeyId");
    System.clearProperty("aws.secretAccessKey");
  }

  private String volume() {
    return person
        .createVolume(
            request ->
                request
                    .availabilityZone(REGION + "a")
                    .size(1)
                    .volumeType("gp3")
                    .iops(3000)
                    .throughput(125))
        .volumeId();
  }

  private Map<String, CloudDisk> described(String... ids) throws Exception {
    return disks.describe(REGION, Set.of(ids)).await(30, TimeUnit.SECONDS);
  }

  @Test
  void tellsOfAVolumeThatWasNeverChanged() throws Exception {
    String id = volume();
    volume(); // another one, of somebody else
    assertThat(described(id, "vol-00000000000000000"))
        .isEqualTo(
            Map.of(
                id,
                new CloudDisk(
                    id,
                    1,
                    new CloudDisk.Performance("gp3", 3000, 125),
                    new CloudDisk.Change.None())));
  }

  @Test
  void changesOneAndTellsHowThatWent() throws Exception {
    String id = volume();
    var wish =
        new CloudDisk.Wish(
            id, Optional.of(3), Optional.of(4000), Optional.of(250), Optional.of("gp3"));
    disks.modify(REGION, wish).await(30, TimeUnit.SECONDS);
    assertThat(described(id).values())
        .singleElement()
        .satisfies(
            changed -> {
              assertThat(changed.gib()).isEqualTo(3);
              assertThat(changed.change()).isEqualTo(new CloudDisk.Change.None());
            });
    assertThat(
            person
                .describeVolumesModifications(request -> request.volumeIds(id))
                .volumesModifications())
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one.targetSize()).isEqualTo(3);
              assertThat(one.targetIops()).isEqualTo(4000);
              assertThat(one.targetThroughput()).isEqualTo(250);
            });
  }

  @Test
  void saysWhatEc2Refuses() {
    var wish =
        new CloudDisk.Wish(
            "vol-00000000000000000",
            Optional.of(3),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    assertThatThrownBy(() -> disks.modify(REGION, wish).await(30, TimeUnit.SECONDS))
        .isInstanceOf(DiskFailure.class)
        .hasMessageStartingWith("EC2 refuses: InvalidVolume.NotFound");
  }

  @Test
  void saysThatNobodyAnswers() throws Exception {
    try (var lost = new Ec2Disks(vertx, Optional.of(URI.create("http://127.0.0.1:1")))) {
      assertThatThrownBy(() -> lost.describe(REGION, Set.of("vol-1")).await(30, TimeUnit.SECONDS))
          .isInstanceOf(DiskFailure.class)
          .hasMessageStartingWith("EC2 cannot be asked");
    }
  }

  @Test
  void blocksNoEventLoop() throws Exception {
    String id = volume();
    long[] longest = {0};
    long[] last = {System.nanoTime()};
    long ticking =
        vertx.setPeriodic(
            5,
            tick -> {
              long now = System.nanoTime();
              longest[0] = Math.max(longest[0], now - last[0]);
              last[0] = now;
            });
    for (int i = 0; i < 10; i++) {
      described(id);
    }
    vertx.cancelTimer(ticking);
    assertThat(Duration.ofNanos(longest[0])).isLessThan(Duration.ofMillis(500));
  }
}
