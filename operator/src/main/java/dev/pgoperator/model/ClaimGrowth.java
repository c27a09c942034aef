package dev.pgoperator.model;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import java.math.BigDecimal;
import java.util.Optional;

/** What is to be done to the claim of a data volume (behaviour.md §5, mode {@code pvc}). */
public sealed interface ClaimGrowth {

  /** It has the size that is wanted. */
  record Fits() implements ClaimGrowth {}

  /**
   * It asks for less.
   *
   * @param patch a JSON merge patch that asks for more
   */
  record Grow(String from, String to, String patch) implements ClaimGrowth {}

  /** It is larger than wanted, and no volume can be made smaller. */
  record TooLarge(String has, String wanted) implements ClaimGrowth {}

  static ClaimGrowth of(PersistentVolumeClaim claim, Blueprint b) {
    String wanted = b.spec().storage().volume().size();
    String has = requested(claim);
    BigDecimal more = Amount.of(wanted).subtract(Amount.of(has));
    if (has.isEmpty() || more.signum() == 0) {
      return new Fits();
    }
    if (more.signum() < 0) {
      return new TooLarge(has, wanted);
    }
    ObjectNode patch = Json.MAPPER.createObjectNode();
    patch.putObject("spec").putObject("resources").putObject("requests").put("storage", wanted);
    return new Grow(has, wanted, Json.write(patch));
  }

  /** Whether the volume has grown and its file system waits for the pod to start anew. */
  static boolean awaitsPod(PersistentVolumeClaim claim) {
    return Optional.ofNullable(claim.getStatus()).stream()
        .flatMap(status -> status.getConditions().stream())
        .anyMatch(
            condition ->
                "FileSystemResizePending".equals(condition.getType())
                    && "True".equals(condition.getStatus()));
  }

  /** Whether nothing is to be done and Kubernetes has done all that was asked for before. */
  static boolean isSettled(PersistentVolumeClaim claim, Blueprint b) {
    if (awaitsPod(claim) || of(claim, b) instanceof Grow) {
      return false;
    }
    Optional<String> has =
        Optional.ofNullable(claim.getStatus())
            .flatMap(status -> Amount.storage(status.getCapacity()));
    return has.isEmpty() || Amount.of(has.get()).compareTo(Amount.of(requested(claim))) >= 0;
  }

  private static String requested(PersistentVolumeClaim claim) {
    return Optional.ofNullable(claim.getSpec().getResources())
        .flatMap(resources -> Amount.storage(resources.getRequests()))
        .orElse("");
  }
}
