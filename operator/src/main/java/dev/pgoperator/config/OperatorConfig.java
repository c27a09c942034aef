package dev.pgoperator.config;

/**
 * Everything an administrator can set, grouped by subject; each nested record names the option that
 * each component is read from (api.md §2.4).
 *
 * @param operator how the operator itself works
 * @param objects names, labels, annotations and exposure of the objects it makes
 * @param pods how database pods look
 * @param server how the database servers run
 * @param roles which roles exist
 * @param addOns pooler, logical backup, Scalyr
 */
public record OperatorConfig(
    OperatorSettings operator,
    ObjectSettings objects,
    PodSettings pods,
    ServerSettings server,
    RoleSettings roles,
    AddOnSettings addOns) {

  static OperatorConfig read(OptionReader o) {
    return new OperatorConfig(
        OperatorSettings.read(o),
        ObjectSettings.read(o),
        PodSettings.read(o),
        ServerSettings.read(o),
        RoleSettings.read(o),
        AddOnSettings.read(o));
  }
}
