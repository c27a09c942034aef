package dev.pgoperator.cloud;

import java.util.Optional;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/** EC2 did not do what it was asked. The text is the same for the same trouble. */
public final class DiskFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final String NO_CREDENTIALS = "Unable to load credentials";

  private DiskFailure(String why, Throwable cause) {
    super(why, cause);
  }

  static DiskFailure of(Throwable cause) {
    if (cause instanceof AwsServiceException refused) {
      return new DiskFailure(
          "EC2 refuses: "
              + Optional.ofNullable(refused.awsErrorDetails())
                  .map(DiskFailure::text)
                  .orElse("status " + refused.statusCode()),
          cause);
    }
    boolean unknown =
        Optional.ofNullable(cause.getMessage())
            .filter(m -> m.startsWith(NO_CREDENTIALS))
            .isPresent();
    return new DiskFailure(
        unknown
            ? "EC2 cannot be asked: the operator has no credentials for AWS"
            : "EC2 cannot be asked (" + cause.getClass().getSimpleName() + ")",
        cause);
  }

  private static String text(AwsErrorDetails details) {
    return details.errorCode() + ": " + details.errorMessage();
  }
}
