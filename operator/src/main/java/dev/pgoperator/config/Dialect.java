package dev.pgoperator.config;

/** Where a configuration was written; the same key can have another form and another default. */
enum Dialect {
  CONFIG_MAP,
  OBJECT
}
