package dev.pgoperator.pg.plan;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The publications of one database that are ours: those with the prefix that belong to the
 * superuser. Others are not looked at; ours that are not wanted are dropped.
 *
 * @param prefix beginning of every name that is ours, {@code fes_} for event streams
 * @param tables by publication; an empty set keeps whatever tables the publication has
 */
public record DesiredPublications(
    DatabaseName database, String prefix, Map<String, Set<TableName>> tables) {

  /**
   * Copies and sorts; refuses a name without the prefix, which would be created again at every
   * sync.
   */
  public DesiredPublications {
    Map<String, Set<TableName>> sorted = new TreeMap<>();
    for (Map.Entry<String, Set<TableName>> publication : tables.entrySet()) {
      if (prefix.isEmpty() || !publication.getKey().startsWith(prefix)) {
        throw new IllegalArgumentException(publication.getKey() + " does not start with " + prefix);
      }
      sorted.put(publication.getKey(), new TreeSet<>(publication.getValue()));
    }
    tables = sorted;
  }
}
