package dev.pgoperator.pg.plan;

import java.util.Comparator;

/** A table in its schema, as the catalog stores both. */
public record TableName(SchemaName schema, String name) implements Comparable<TableName> {
  private static final Comparator<TableName> ORDER =
      Comparator.comparing(TableName::schema).thenComparing(TableName::name);

  /**
   * Reads {@code schema.table}; without a dot the schema is {@code public}, as in the manifest's
   * streams.
   */
  public static TableName of(String text) {
    int dot = text.indexOf('.');
    return dot < 0
        ? new TableName(new SchemaName("public"), text)
        : new TableName(new SchemaName(text.substring(0, dot)), text.substring(dot + 1));
  }

  /** For SQL text. */
  public String quoted() {
    return schema.quoted() + "." + Sql.ident(name);
  }

  @Override
  public int compareTo(TableName other) {
    return ORDER.compare(this, other);
  }
}
