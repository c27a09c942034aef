package dev.pgoperator.api;

import dev.pgoperator.api.Access.Stream;
import dev.pgoperator.api.Access.StreamDelivery;
import dev.pgoperator.api.Access.StreamTable;
import dev.pgoperator.api.Pods.Resources;
import java.util.Map;
import java.util.TreeMap;

/** Decodes event streams. */
final class StreamDecoder {

  private static final long UINT32 = 0xFFFFFFFFL;

  private StreamDecoder() {}

  static Stream stream(Fields f) {
    f.requirePresence("tables", "an object");
    return new Stream(
        f.requiredText("applicationId"),
        f.requiredText("database"),
        f.map("tables", StreamDecoder::table),
        f.texts("filter"),
        new StreamDelivery(f.whole("batchSize", 0, UINT32).orElse(0), f.toggle("enableRecovery")),
        resources(f));
  }

  private static Resources resources(Fields f) {
    Map<String, String> requests = new TreeMap<>();
    for (String name : new String[] {"cpu", "memory"}) {
      String amount = f.text(name, Rules::resourceQuantity);
      if (!amount.isEmpty()) {
        requests.put(name, amount);
      }
    }
    return new Resources(requests, Map.of());
  }

  private static StreamTable table(Fields f) {
    return new StreamTable(
        f.requiredText("eventType"),
        f.text("recoveryEventType"),
        f.toggle("ignoreRecovery"),
        f.text("idColumn"),
        f.text("payloadColumn"));
  }
}
