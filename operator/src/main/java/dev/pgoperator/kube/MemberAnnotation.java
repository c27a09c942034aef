package dev.pgoperator.kube;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What Patroni writes of its member into an annotation of the pod, with every step of its loop that
 * finds something changed ({@code touch_member} in {@code patroni/ha.py} and {@code
 * patroni/dcs/kubernetes.py}, read in 4.0.7). Of all that only one answer is taken: positions in
 * the WAL change all the time, and nobody here decides on them.
 */
final class MemberAnnotation {
  static final String NAME = "status";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern VERSION =
      Pattern.compile("(\\d{1,4})\\.(\\d{1,4})(?:\\.(\\d{1,4}))?.*");

  /** The first Patroni that says how a replica gets its WAL (its pull request 2733). */
  private static final long FIRST_THAT_SAYS = number(3, 0, 4);

  private MemberAnnotation() {}

  /**
   * Whether it says that this is a running replica that no WAL streams to. Patroni has no word for
   * that: it writes {@code replication_state} as {@code streaming}, or {@code in archive recovery}
   * where there is an archive to read from instead, and else leaves it out. So does a Patroni that
   * does not know the field, which is told by its version, and one that could not ask its server,
   * which then knows no position either; of these two nothing is concluded.
   */
  static boolean saysStalled(Map<String, String> annotations) {
    return Optional.ofNullable(annotations.get(NAME))
        .flatMap(MemberAnnotation::parsed)
        .filter(member -> "running".equals(text(member, "state")))
        // not the leader of a standby cluster, which may live from an archive
        .filter(member -> "replica".equals(text(member, "role")))
        // a member may be told to read the archive only
        .filter(member -> !member.path("tags").path("nostream").asBoolean())
        .filter(MemberAnnotation::streamsNot)
        .isPresent();
  }

  private static boolean streamsNot(JsonNode member) {
    String replication = text(member, "replication_state");
    return replication.isEmpty()
        ? member.has("xlog_location") && says(text(member, "version"))
        : !"streaming".equals(replication);
  }

  private static boolean says(String version) {
    Matcher parts = VERSION.matcher(version);
    return parts.matches()
        && number(
                Integer.parseInt(parts.group(1)),
                Integer.parseInt(parts.group(2)),
                parts.group(3) == null ? 0 : Integer.parseInt(parts.group(3)))
            >= FIRST_THAT_SAYS;
  }

  private static long number(long major, long minor, long patch) {
    return (major * 10_000 + minor) * 10_000 + patch;
  }

  private static String text(JsonNode member, String field) {
    return member.path(field).asText("");
  }

  /** Somebody else may have an annotation of that name. */
  private static Optional<JsonNode> parsed(String annotation) {
    try {
      return Optional.of(JSON.readTree(annotation));
    } catch (JsonProcessingException notPatronis) {
      return Optional.empty();
    }
  }
}
