package dev.pgoperator.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import org.junit.jupiter.api.Test;

/** What becomes of a claim when the manifest asks for another size. */
class ClaimGrowthTest {
  private static final String WANTED = Blueprints.of("").spec().storage().volume().size();

  private static ClaimGrowth of(String size) {
    return ClaimGrowth.of(claim(size), Blueprints.of(""));
  }

  private static PersistentVolumeClaim claim(String size) {
    return new PersistentVolumeClaimBuilder()
        .withNewSpec()
        .withNewResources()
        .addToRequests("storage", new Quantity(size))
        .endResources()
        .endSpec()
        .build();
  }

  @Test
  void theSameSizeInOtherWordsFits() {
    assertThat(of(WANTED)).isEqualTo(new ClaimGrowth.Fits());
    assertThat(ClaimGrowth.of(claim("1024Mi"), Blueprints.of(""))).isEqualTo(of("1Gi"));
  }

  @Test
  void aSmallerClaimGrows() {
    assertThat(of("1Mi"))
        .isEqualTo(
            new ClaimGrowth.Grow(
                "1Mi",
                WANTED,
                "{\"spec\":{\"resources\":{\"requests\":{\"storage\":\"" + WANTED + "\"}}}}"));
  }

  @Test
  void aLargerOneStays() {
    assertThat(of("900Ti")).isEqualTo(new ClaimGrowth.TooLarge("900Ti", WANTED));
  }

  @Test
  void aFileSystemThatWaitsForThePodIsSeen() {
    PersistentVolumeClaim waiting =
        new PersistentVolumeClaimBuilder(claim("1Gi"))
            .withNewStatus()
            .addNewCondition()
            .withType("FileSystemResizePending")
            .withStatus("True")
            .endCondition()
            .endStatus()
            .build();
    assertThat(ClaimGrowth.awaitsPod(waiting)).isTrue();
    assertThat(ClaimGrowth.awaitsPod(claim("1Gi"))).isFalse();
  }
}
