package dev.pgoperator.api;

import dev.pgoperator.api.Access.Pooler;
import dev.pgoperator.api.Access.PoolerPods;
import dev.pgoperator.api.Access.PoolerSession;
import dev.pgoperator.api.Pods.Resources;
import java.util.Optional;

/** Decodes the connection pooler. */
final class PoolerDecoder {

  private PoolerDecoder() {}

  private record Section(PoolerPods pods, PoolerSession session) {}

  static Pooler decode(Fields spec) {
    Section none =
        new Section(new PoolerPods(0, "", Resources.NONE), new PoolerSession("", "", "", 0));
    boolean present = spec.has("connectionPooler");
    Section section = spec.optional("connectionPooler", PoolerDecoder::section).orElse(none);
    return new Pooler(
        spec.toggle("enableConnectionPooler"),
        spec.toggle("enableReplicaConnectionPooler"),
        present,
        section.pods(),
        section.session());
  }

  private static Section section(Fields f) {
    String mode = f.text("mode", PoolerDecoder::mode);
    return new Section(
        new PoolerPods(
            f.integer("numberOfInstances", 0, Integer.MAX_VALUE),
            f.text("dockerImage"),
            PodsDecoder.resources(f)),
        new PoolerSession(
            f.text("schema"),
            f.text("user"),
            mode,
            f.integer("maxDBConnections", 0, Integer.MAX_VALUE)));
  }

  private static Optional<String> mode(String text) {
    return text.equals("session") || text.equals("transaction")
        ? Optional.empty()
        : Optional.of("session or transaction");
  }
}
