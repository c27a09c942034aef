package dev.pgoperator.cloud;

import dev.pgoperator.model.CloudDisk;
import dev.pgoperator.model.CloudDisk.Change;
import dev.pgoperator.model.CloudDisk.Performance;
import dev.pgoperator.model.CloudDisk.Wish;
import java.net.URI;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.ModifyVolumeRequest;
import software.amazon.awssdk.services.ec2.model.Volume;
import software.amazon.awssdk.services.ec2.model.VolumeModification;
import software.amazon.awssdk.services.ec2.model.VolumeModificationState;

/**
 * EC2 of one region, by the library of AWS; its calls block. Credentials are looked for by the
 * library (environment, ServiceAccount token, instance). It does not repeat requests; syncs do.
 */
final class Ec2Region implements AutoCloseable {
  private static final Duration ATTEMPT = Duration.ofSeconds(10);
  private static final Duration CALL = Duration.ofSeconds(20);

  private final Ec2Client client;

  /**
   * @param endpoint to be asked instead of that of the region
   */
  Ec2Region(String region, Optional<URI> endpoint) {
    var builder =
        Ec2Client.builder()
            .region(Region.of(region))
            .httpClientBuilder(UrlConnectionHttpClient.builder())
            .overrideConfiguration(
                options ->
                    options
                        .apiCallAttemptTimeout(ATTEMPT)
                        .apiCallTimeout(CALL)
                        .retryStrategy(AwsRetryStrategy.doNotRetry()));
    endpoint.ifPresent(builder::endpointOverride);
    client = builder.build();
  }

  Map<String, CloudDisk> describe(Set<String> ids) {
    Filter these = Filter.builder().name("volume-id").values(ids).build();
    Map<String, VolumeModification> newest = new HashMap<>();
    client
        .describeVolumesModificationsPaginator(request -> request.filters(these))
        .volumesModifications()
        .stream()
        .filter(change -> ids.contains(change.volumeId()))
        .sorted(Comparator.comparing(VolumeModification::startTime))
        .forEach(change -> newest.put(change.volumeId(), change));
    Map<String, CloudDisk> disks = new HashMap<>();
    client.describeVolumesPaginator(request -> request.filters(these)).volumes().stream()
        .map(volume -> disk(volume, Optional.ofNullable(newest.get(volume.volumeId()))))
        .forEach(disk -> disks.put(disk.id(), disk));
    return Map.copyOf(disks);
  }

  private static CloudDisk disk(Volume volume, Optional<VolumeModification> change) {
    return new CloudDisk(
        volume.volumeId(),
        Optional.ofNullable(volume.size()).orElse(0),
        new Performance(
            Optional.ofNullable(volume.volumeTypeAsString()).orElse(""),
            Optional.ofNullable(volume.iops()).orElse(0),
            Optional.ofNullable(volume.throughput()).orElse(0)),
        change.map(Ec2Region::state).orElseGet(Change.None::new));
  }

  /** While it is optimizing it has its new size already. */
  private static Change state(VolumeModification change) {
    VolumeModificationState state = change.modificationState();
    if (state == VolumeModificationState.MODIFYING) {
      return new Change.Underway();
    }
    return state == VolumeModificationState.FAILED
        ? new Change.Failed(Optional.ofNullable(change.statusMessage()).orElse(""))
        : new Change.None();
  }

  /** The answer says only that the change has begun. */
  boolean modify(Wish wish) {
    ModifyVolumeRequest.Builder request = ModifyVolumeRequest.builder().volumeId(wish.id());
    wish.gib().ifPresent(request::size);
    wish.iops().ifPresent(request::iops);
    wish.throughput().ifPresent(request::throughput);
    wish.type().ifPresent(request::volumeType);
    client.modifyVolume(request.build());
    return true;
  }

  @Override
  public void close() {
    client.close();
  }
}
