package dev.pgoperator.kube;

import dev.pgoperator.api.SecretText;
import java.time.Duration;
import java.util.List;

/**
 * A program to be run in a container.
 *
 * @param words the program and its arguments. They are in the process list of the pod and in the
 *     audit log of Kubernetes, so nothing secret may be among them
 * @param input what the program reads from its standard input, where a secret is allowed. Its end
 *     does not reach every container runtime: the text has to tell the program to stop
 * @param limit how long it may take
 */
public record PodCommand(
    String namespace,
    String pod,
    String container,
    List<String> words,
    SecretText input,
    Duration limit) {
  public PodCommand {
    words = List.copyOf(words);
  }

  /** Where it runs, and the program without its arguments; for messages. */
  String shown() {
    return words.getFirst() + " in pod " + namespace + "/" + pod;
  }
}
