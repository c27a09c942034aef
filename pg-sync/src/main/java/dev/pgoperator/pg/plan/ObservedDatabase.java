package dev.pgoperator.pg.plan;

import java.util.Map;
import java.util.Set;

/**
 * The inside of one database.
 *
 * @param lookupBody source of a lookup function that is owned, protected and granted as it should
 *     be; empty when there is none
 */
public record ObservedDatabase(
    RoleName owner,
    Set<SchemaName> schemas,
    Map<ExtensionName, InstalledExtension> extensions,
    String lookupBody) {

  /** Where an extension lives and whether it can be moved. */
  public record InstalledExtension(SchemaName schema, boolean relocatable) {}

  /** Copies. */
  public ObservedDatabase {
    schemas = Set.copyOf(schemas);
    extensions = Map.copyOf(extensions);
  }
}
