package dev.pgoperator.kube;

/**
 * How a command in a container ended.
 *
 * @param exitCode 0 is success
 * @param output both streams, as they came
 */
public record ExecResult(int exitCode, String output) {

  /** Whether it ended well. */
  public boolean succeeded() {
    return exitCode == 0;
  }

  /** Does not show the output, of which nobody knows what it holds. */
  @Override
  public String toString() {
    return "ExecResult[exitCode=" + exitCode + "]";
  }
}
