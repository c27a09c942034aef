package dev.pgoperator.model;

/** What it takes to make a difference go away, from least to most disturbing. */
public enum Effect {
  /** Nothing: the difference does not matter to a running cluster. */
  NONE,
  /** The object is changed; nothing restarts. */
  IN_PLACE,
  /** Patroni's dynamic configuration is changed; the object is left as it is. */
  PATRONI_CONFIG,
  /** The same, and PostgreSQL reads its configuration again. */
  RELOAD,
  /** The same, and PostgreSQL restarts inside its pod. */
  POSTGRES_RESTART,
  /** Every pod is replaced, one after the other. */
  POD_RECREATION,
  /** The object is deleted and made again; its pods stay. */
  RECREATE_OBJECT,
  /** Cannot be done to a living cluster. */
  FORBIDDEN
}
