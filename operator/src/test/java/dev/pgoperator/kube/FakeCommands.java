package dev.pgoperator.kube;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Pods in which commands can be run: remembers them, and answers as it was told. */
public final class FakeCommands {
  private final List<String> sent = new ArrayList<>();
  private UnaryOperator<String> answer = command -> "";

  Future<ExecResult> run(String command) {
    sent.add(command);
    return Future.succeededFuture(new ExecResult(0, answer.apply(command)));
  }

  public List<String> sent() {
    return sent;
  }

  /** What commands write; they all succeed. */
  public void answer(UnaryOperator<String> output) {
    answer = output;
  }
}
