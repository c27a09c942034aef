package dev.pgoperator.api;

/** One valid manifest. */
public record Postgresql(ClusterId id, Origin origin, PostgresqlSpec spec) {

  /** Group and version of the manifest's kind. */
  public static final String API_VERSION = "acid.zalan.do/v1";

  /** Kind, in the lower case that existing users have. */
  public static final String KIND = "postgresql";

  /** The finalizer that keeps a manifest until everything of it is cleaned up. */
  public static final String FINALIZER = "postgres-operator.acid.zalan.do";

  public String name() {
    return id.name();
  }

  public String namespace() {
    return id.namespace();
  }
}
