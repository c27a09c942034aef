package dev.pgoperator.kube;

/**
 * How a program in a container ended.
 *
 * @param code 0 when it says that it succeeded
 * @param output what it wrote to its standard output and error output, as far as it is kept
 */
public record Execution(int code, String output) {
  public boolean succeeded() {
    return code == 0;
  }
}
