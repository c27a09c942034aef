package dev.pgoperator.pg.plan;

/** A database that must exist and belong to the owner. */
public record DesiredDatabase(DatabaseName name, RoleName owner) {}
