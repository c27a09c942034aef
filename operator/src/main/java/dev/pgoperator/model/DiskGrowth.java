package dev.pgoperator.model;

import dev.pgoperator.api.Storage;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is to be done to a volume of EC2 itself (behaviour.md §5, modes {@code ebs}, {@code mixed}).
 */
public final class DiskGrowth {
  private static final String DRIVER = "ebs.csi.aws.com";
  private static final Pattern ID = Pattern.compile("(?:aws://[^/]*/)?(vol-[0-9a-zA-Z]+)");
  private static final BigDecimal GIBI = BigDecimal.valueOf(1L << 30);

  /** EC2 knows no less of a gp3 volume; smaller numbers in a manifest are left alone. */
  private static final int LEAST_IOPS = 3000;

  private static final int LEAST_THROUGHPUT = 125;

  private DiskGrowth() {}

  /** The id of the volume at EC2; empty when it is not one of EC2's. */
  public static Optional<String> id(PersistentVolume volume) {
    var spec = volume.getSpec();
    Optional<String> csi =
        Optional.ofNullable(spec.getCsi())
            .filter(source -> DRIVER.equals(source.getDriver()))
            .map(source -> source.getVolumeHandle());
    return csi.or(
            () ->
                Optional.ofNullable(spec.getAwsElasticBlockStore())
                    .map(source -> source.getVolumeID()))
        .map(ID::matcher)
        .filter(Matcher::matches)
        .map(found -> found.group(1));
  }

  /** The size that is wanted (GiB, rounded up, as EC2 sells them). */
  static int wantedGib(Blueprint b) {
    return Amount.of(b.spec().storage().volume().size())
        .divide(GIBI, 0, RoundingMode.CEILING)
        .intValue();
  }

  /** The size alone; empty when it has that, or more. */
  public static Optional<CloudDisk.Wish> size(CloudDisk disk, Blueprint b) {
    return some(
        new CloudDisk.Wish(
            disk.id(), larger(disk, b), Optional.empty(), Optional.empty(), Optional.empty()));
  }

  /** Everything that the manifest says of it; empty when it is so. */
  public static Optional<CloudDisk.Wish> all(CloudDisk disk, Blueprint b) {
    Storage.Provisioning wanted = b.spec().storage().volume().provisioning();
    CloudDisk.Performance has = disk.performance();
    return some(
        new CloudDisk.Wish(
            disk.id(),
            larger(disk, b),
            Optional.of(wanted.iops()).filter(n -> n >= LEAST_IOPS && n != has.iops()),
            Optional.of(wanted.throughput())
                .filter(n -> n >= LEAST_THROUGHPUT && n != has.throughput()),
            Optional.of(wanted.type()).filter(t -> !t.isEmpty() && !t.equals(has.type()))));
  }

  private static Optional<Integer> larger(CloudDisk disk, Blueprint b) {
    return Optional.of(wantedGib(b)).filter(gib -> gib > disk.gib());
  }

  private static Optional<CloudDisk.Wish> some(CloudDisk.Wish wish) {
    return Optional.of(wish).filter(one -> !one.isEmpty());
  }

  /** Whether Kubernetes believes the volume to be smaller than wanted. */
  public static boolean isSmaller(PersistentVolume volume, Blueprint b) {
    return capacity(volume).compareTo(Amount.of(b.spec().storage().volume().size())) < 0;
  }

  /** Whether Kubernetes believes it to be larger. */
  public static boolean isLarger(PersistentVolume volume, Blueprint b) {
    return capacity(volume).compareTo(Amount.of(b.spec().storage().volume().size())) > 0;
  }

  private static BigDecimal capacity(PersistentVolume volume) {
    return Amount.storage(volume.getSpec().getCapacity()).map(Amount::of).orElse(BigDecimal.ZERO);
  }
}
