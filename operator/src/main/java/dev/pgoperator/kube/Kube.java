package dev.pgoperator.kube;

import dev.pgoperator.api.ClusterId;
import dev.pgoperator.api.SecretText;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the operator asks of the Kubernetes API. Every call has a deadline, waits for a free place
 * when too many are in flight, and is retried on conflicts, throttling and server errors; a future
 * fails with a {@link KubeFailure} only after that. Objects are named by their type, namespace and
 * name.
 */
public interface Kube {

  /**
   * The same API server, for writes that a fence lets through: others fail with {@link
   * KubeFailure.Withheld}, also in the middle of the attempts of one call. Reads are not held up.
   */
  Kube behind(Fence fence);

  /** The live object, or empty when there is none. */
  <T extends HasMetadata> Future<Optional<T>> find(Class<T> type, String namespace, String name);

  /** All live objects of a namespace that carry every one of these labels. */
  <T extends HasMetadata> Future<List<T>> list(
      Class<T> type, String namespace, Map<String, String> labels);

  /**
   * Server-side apply as the field manager of this operator, taking over contested fields: fields
   * that an earlier apply set and this one leaves out are removed, everybody else's stay.
   *
   * @return the object as stored
   */
  <T extends HasMetadata> Future<T> apply(T desired);

  /**
   * The same for an object that nobody is known to have made: contested fields are not taken over.
   *
   * @return the object as stored; empty, and nothing is written, when there is one of its name that
   *     somebody else made otherwise
   */
  <T extends HasMetadata> Future<Optional<T>> applyNew(T desired);

  /**
   * Creates the object unless one of its name exists; an existing one is left as it is, so what it
   * holds (a password) survives a repeated call.
   *
   * @return the object as stored, or empty when one existed already
   */
  <T extends HasMetadata> Future<Optional<T>> createIfAbsent(T desired);

  /**
   * Deletes the object and leaves what it controls to {@code dependents}; succeeds when there is
   * none.
   */
  <T extends HasMetadata> Future<Void> delete(
      Class<T> type, String namespace, String name, Dependents dependents);

  /**
   * Deletes this very object: one that was made anew under its name stays. Succeeds when it is gone
   * already.
   */
  <T extends HasMetadata> Future<Void> deleteExactly(
      Class<T> type, String namespace, String name, String uid);

  /** Deletes all objects of a namespace with these labels. */
  <T extends HasMetadata> Future<Void> deleteAll(
      Class<T> type, String namespace, Map<String, String> labels);

  /**
   * JSON merge patch of an object's metadata and spec: {@code null} removes a key. Written under
   * another name than {@link #apply}, because it is an order for once: what it sets is not compared
   * with what is desired. Fails when the object is gone.
   */
  <T extends HasMetadata> Future<Void> mergePatch(
      Class<T> type, String namespace, String name, String patch);

  /**
   * Writes an object that was read and changed, unless somebody else has changed it meanwhile.
   *
   * @param changed with the resourceVersion that was read
   * @return the object as stored, or empty when it is another one by now, or gone
   */
  <T extends HasMetadata> Future<Optional<T>> replace(T changed);

  /**
   * Runs a program in a container and waits for its end, at most {@link PodCommand#limit}. Not
   * repeated when it fails: it may have done its work.
   */
  Future<ExecResult> execute(PodCommand command);

  /**
   * Makes this the status of a {@code postgresql}, as far as it is ours: one request, and keys that
   * an earlier call set and this one leaves out are removed.
   *
   * @return false when the object is gone, which is no failure: its deletion is on the way
   */
  Future<Boolean> applyStatus(ClusterId id, Map<String, Object> status);

  /**
   * Takes a finalizer off a {@code postgresql}, so that Kubernetes can let it go. Succeeds when the
   * manifest or the finalizer is not there any more; other finalizers stay.
   */
  Future<Void> releaseManifest(ClusterId id, String finalizer);

  /** Puts a finalizer on a {@code postgresql}, beside those that are there. */
  Future<Void> holdManifest(ClusterId id, String finalizer);

  /** Sets an annotation of a {@code postgresql}, or removes it. */
  Future<Void> annotateManifest(ClusterId id, String key, Optional<String> value);

  /** Runs a command that needs no input; see {@link #execute}. */
  default Future<ExecResult> exec(
      String namespace, String pod, String container, List<String> command, Duration deadline) {
    return execute(new PodCommand(namespace, pod, container, command, SecretText.EMPTY, deadline));
  }

  /** Records a Kubernetes Event, unless one of its name is recorded already. */
  Future<Void> record(Event event);

  /** What becomes of the objects that a deleted one controls. */
  enum Dependents {
    DELETE,
    ORPHAN
  }
}
