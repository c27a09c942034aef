package dev.pgoperator.config;

/**
 * Default requests and limits of a container, as written quantities; empty, {@code 0} and {@code
 * null} mean none.
 */
public record Amounts(
    String cpuRequest, String memoryRequest, String cpuLimit, String memoryLimit) {

  public static final Amounts NONE = new Amounts("", "", "", "");

  static Amounts read(OptionReader o, String prefix, Amounts defaults) {
    return new Amounts(
        o.quantity(prefix + "cpu_request", defaults.cpuRequest),
        o.quantity(prefix + "memory_request", defaults.memoryRequest),
        o.quantity(prefix + "cpu_limit", defaults.cpuLimit),
        o.quantity(prefix + "memory_limit", defaults.memoryLimit));
  }
}
