package dev.pgoperator.pg.plan;

import java.util.Map;
import java.util.Set;

/** The inside of one database: its schemas and installed extensions. */
public record ObservedDatabase(
    RoleName owner, Set<SchemaName> schemas, Map<ExtensionName, InstalledExtension> extensions) {

  /** Where an extension lives and whether it can be moved. */
  public record InstalledExtension(SchemaName schema, boolean relocatable) {}

  /** Copies. */
  public ObservedDatabase {
    schemas = Set.copyOf(schemas);
    extensions = Map.copyOf(extensions);
  }
}
