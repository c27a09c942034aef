package dev.pgoperator.patroni;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Map;
import java.util.Optional;

/**
 * One member in {@link ClusterState}.
 *
 * @param name unique in the cluster; on Kubernetes the pod's name
 * @param role what it is in the cluster
 * @param state what its PostgreSQL is doing
 * @param position how far it has come
 * @param endpoints where it listens
 * @param notes what else the member says of itself
 */
public record ClusterMember(
    String name,
    MemberRole role,
    MemberState state,
    Position position,
    Endpoints endpoints,
    Notes notes) {

  /**
   * How far a member has come in the history of its cluster.
   *
   * @param timeline 0 if Patroni does not know it
   * @param lag behind the leader; a primary has none and reads as zero bytes
   */
  public record Position(long timeline, Lag lag) {}

  /**
   * Where a member listens.
   *
   * @param host of PostgreSQL; empty if it was not said
   * @param port of PostgreSQL; 0 if it was not said
   * @param apiUrl of Patroni, such as {@code http://10.0.0.7:8008/patroni}; empty if it was not
   *     said
   */
  public record Endpoints(String host, int port, String apiUrl) {

    /** Where Patroni's REST API listens; absent if the member did not say it in a readable way. */
    public Optional<MemberAddress> api() {
      try {
        var uri = new URI(apiUrl);
        return uri.getHost() == null || uri.getPort() < 0
            ? Optional.empty()
            : Optional.of(new MemberAddress(uri.getHost(), uri.getPort()));
      } catch (URISyntaxException | IllegalArgumentException unreadable) {
        return Optional.empty();
      }
    }
  }

  /**
   * What else a member says of itself.
   *
   * @param tags the scalar tags of its configuration, such as {@code nofailover}, in JSON spelling
   * @param pendingRestart whether changed parameters wait for a restart of its PostgreSQL
   */
  public record Notes(Map<String, String> tags, PendingRestart pendingRestart) {
    public Notes {
      tags = Map.copyOf(tags);
    }
  }

  public long timeline() {
    return position.timeline();
  }

  public Lag lag() {
    return position.lag();
  }

  public PendingRestart pendingRestart() {
    return notes.pendingRestart();
  }

  /**
   * Whether the member may never become the leader: tag {@code nofailover} set, or {@code
   * failover_priority} zero or less (Patroni treats the two alike).
   */
  public boolean barredFromLeading() {
    return "true".equals(notes.tags().get("nofailover"))
        || notes.tags().getOrDefault("failover_priority", "1").matches("0|-[0-9]+");
  }

  static ClusterMember parse(LenientJson json) {
    MemberRole role = MemberRole.parse(json.textOrEmpty("role"));
    // Patroni writes no lag for a primary, which cannot be behind itself.
    Lag unsaid = role == MemberRole.Known.PRIMARY ? Lag.of(0) : new Lag.Unknown();
    return new ClusterMember(
        json.textOrEmpty("name"),
        role,
        MemberState.parse(json.textOrEmpty("state")),
        new Position(
            json.number("timeline").orElse(0L), json.number("lag").map(Lag::of).orElse(unsaid)),
        new Endpoints(
            json.textOrEmpty("host"),
            json.number("port").map(Long::intValue).orElse(0),
            json.textOrEmpty("api_url")),
        new Notes(json.object("tags").texts(), PendingRestart.parse(json)));
  }
}
