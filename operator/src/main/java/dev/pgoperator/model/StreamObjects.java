package dev.pgoperator.model;

import dev.pgoperator.api.Access.Stream;
import dev.pgoperator.api.Access.StreamTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The {@code FabricEventStream} of one application (api.md §1.8). */
public final class StreamObjects {

  private static final String ANNOTATION = "fes.zalando.org/FES_";
  private static final String TYPE = "type";

  private StreamObjects() {}

  /** The object of an application that has streams in the manifest. */
  public static FabricEventStream desired(Blueprint b, String application, String name) {
    List<Stream> streams =
        b.spec().access().streams().stream()
            .filter(stream -> stream.applicationId().equals(application))
            .toList();
    FabricEventStream object = new FabricEventStream();
    object.setMetadata(Metadata.of(b, name, Labels.object(b), annotations(b, streams)));
    List<Object> events = new ArrayList<>();
    streams.forEach(
        stream ->
            stream.tables().forEach((table, what) -> events.add(event(b, stream, table, what))));
    Map<String, Object> spec = new LinkedHashMap<>();
    spec.put("applicationId", application);
    spec.put("eventStreams", events);
    object.setAdditionalProperty("spec", spec);
    return object;
  }

  /** What the streaming service should reserve: the most that a stream of the application asks. */
  private static Map<String, String> annotations(Blueprint b, List<Stream> streams) {
    Map<String, String> result = new TreeMap<>(Annotations.workload(b));
    Map.of("cpu", "CPU", "memory", "MEMORY")
        .forEach(
            (resource, suffix) ->
                streams.stream()
                    .map(stream -> stream.resources().requests().getOrDefault(resource, ""))
                    .filter(amount -> !amount.isEmpty())
                    .reduce((a, c) -> Amount.of(c).compareTo(Amount.of(a)) > 0 ? c : a)
                    .ifPresent(amount -> result.put(ANNOTATION + suffix, amount)));
    return result;
  }

  private static Map<String, Object> event(
      Blueprint b, Stream stream, String table, StreamTable what) {
    Map<String, Object> event = new LinkedHashMap<>();
    event.put("source", source(b, stream, table, what));
    Map<String, Object> flow = typed("PostgresWalToGenericNakadiEvent");
    putSet(flow, "payloadColumn", what.payloadColumn());
    event.put("flow", flow);
    event.put("sink", sink(stream, what.eventType()));
    event.put("recovery", recovery(stream, what));
    return event;
  }

  private static Map<String, Object> source(
      Blueprint b, Stream stream, String table, StreamTable what) {
    int dot = table.indexOf('.');
    Map<String, Object> name = new LinkedHashMap<>();
    name.put("name", table.substring(dot + 1));
    putSet(name, "idColumn", what.idColumn());
    Map<String, Object> source = typed("PostgresLogicalReplication");
    source.put("schema", dot < 0 ? "public" : table.substring(0, dot));
    source.put("table", name);
    putSet(source, "filter", stream.filter().getOrDefault(table, ""));
    source.put("jdbcConnection", connection(b, stream));
    return source;
  }

  private static Map<String, Object> connection(Blueprint b, Stream stream) {
    Map<String, Object> login = typed("DatabaseAuthenticationSecret");
    login.put("name", Names.secret(b.config(), b.name(), SystemRoles.STREAMER));
    login.put("userKey", CredentialSecrets.USERNAME);
    login.put("passwordKey", CredentialSecrets.PASSWORD);
    Map<String, Object> connection = new LinkedHashMap<>();
    connection.put(
        "jdbcUrl",
        "jdbc:postgresql://%s.%s/%s?user=%s&ssl=true&sslmode=require"
            .formatted(b.name(), b.namespace(), stream.database(), SystemRoles.STREAMER));
    connection.put("slotName", Streams.slot(stream));
    connection.put("pluginType", "pgoutput");
    connection.put("databaseAuthentication", login);
    return connection;
  }

  /** Where an event goes that could not be delivered. */
  private static Map<String, Object> recovery(Stream stream, StreamTable what) {
    boolean wanted = stream.delivery().enableRecovery().or(!what.recoveryEventType().isEmpty());
    if (!wanted) {
      return typed("None");
    }
    if (what.ignoreRecovery().or(false)) {
      return typed("Ignore");
    }
    String type =
        what.recoveryEventType().isEmpty()
            ? what.eventType() + "-dead-letter-queue"
            : what.recoveryEventType();
    Map<String, Object> recovery = typed("DeadLetter");
    recovery.put("sink", sink(stream, type));
    return recovery;
  }

  private static Map<String, Object> sink(Stream stream, String eventType) {
    Map<String, Object> sink = typed("Nakadi");
    sink.put("eventType", eventType);
    if (stream.delivery().batchSize() > 0) {
      sink.put("maxBatchSize", stream.delivery().batchSize());
    }
    return sink;
  }

  private static Map<String, Object> typed(String type) {
    Map<String, Object> part = new LinkedHashMap<>();
    part.put(TYPE, type);
    return part;
  }

  private static void putSet(Map<String, Object> part, String key, String value) {
    if (!value.isEmpty()) {
      part.put(key, value);
    }
  }
}
