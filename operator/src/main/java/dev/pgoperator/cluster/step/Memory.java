package dev.pgoperator.cluster.step;

import dev.pgoperator.api.SecretText;
import dev.pgoperator.model.Blueprint;
import dev.pgoperator.model.Difference;
import dev.pgoperator.model.RoleCredential;
import dev.pgoperator.model.RoleSecret;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the verticle of a cluster remembers between two syncs, to save work: nothing may be wrong
 * when it is empty, which it is after every restart. Belongs to one verticle and is used by one
 * sync at a time.
 */
public final class Memory {
  private final Map<String, String> facts = new HashMap<>();
  private final Map<String, Derived> derived = new HashMap<>();
  private Optional<Blueprint> blueprint = Optional.empty();
  private final Map<RoleCredential, Remembered> secrets = new HashMap<>();
  private final Map<RoleCredential, SecretText> readByPods = new HashMap<>();
  private final Set<RoleCredential> adopted = new HashSet<>();
  private final Set<RoleCredential> abroad = new HashSet<>();
  private Optional<Instant> waitingSince = Optional.empty();
  private int failures;

  private final Map<String, Instant> since = new HashMap<>();
  private final Map<String, Instant> nextLook = new HashMap<>();
  private Instant restartsExpectedUntil = Instant.EPOCH;
  private final Underway underway = new Underway();
  private String template = "";
  private final Map<String, List<Difference>> podDrift = new HashMap<>();

  /** What a secret said, and its resourceVersion when it did. */
  private record Remembered(RoleSecret secret, String version) {}

  /** Forgets what was derived from another blueprint. */
  @SuppressWarnings("ReferenceEquality") // Equal ones are the same until something new is decoded.
  public void follow(Blueprint now) {
    boolean same =
        blueprint
            .filter(known -> known.cluster() == now.cluster() && known.config() == now.config())
            .filter(known -> known.environment().equals(now.environment()))
            .filter(known -> known.sources().equals(now.sources()))
            .isPresent();
    if (!same) {
      derived.clear();
      blueprint = Optional.of(now);
    }
  }

  /** What was derived under this name since the blueprint changed. */
  Optional<Derived> derived(String name) {
    return Optional.ofNullable(derived.get(name));
  }

  void rememberDerived(String name, Derived object) {
    derived.put(name, object);
  }

  /** Whether this fact was remembered with this value. */
  public boolean knows(String fact, String value) {
    return value.equals(facts.get(fact));
  }

  /** Whether the fact has any value. */
  boolean knows(String fact) {
    return facts.containsKey(fact);
  }

  /** Remembers a fact until it is replaced. */
  public void remember(String fact, String value) {
    facts.put(fact, value);
  }

  /** Of the facts that begin so, exactly these hold from now on. */
  void retain(String beginning, Set<String> holding) {
    facts.keySet().removeIf(fact -> fact.startsWith(beginning));
    holding.forEach(fact -> facts.put(fact, ""));
  }

  /** What follows the beginning in the facts that begin so. */
  Set<String> remembered(String beginning) {
    return facts.keySet().stream()
        .filter(fact -> fact.startsWith(beginning))
        .map(fact -> fact.substring(beginning.length()))
        .collect(Collectors.toSet());
  }

  public void forget(String fact) {
    facts.remove(fact);
  }

  /**
   * The secret of a role as it was last read, so that one which somebody deletes can come back
   * unchanged.
   */
  Optional<RoleSecret> secret(RoleCredential role) {
    return Optional.ofNullable(secrets.get(role)).map(Remembered::secret);
  }

  /** The same, if the secret has not changed since: this is its resourceVersion now. */
  Optional<RoleSecret> secret(RoleCredential role, String version) {
    return Optional.ofNullable(secrets.get(role))
        .filter(known -> known.version().equals(version))
        .map(Remembered::secret);
  }

  /** The password that pods read from a role's secret when they started, as far as is known. */
  Optional<SecretText> readByPods(RoleCredential role) {
    return Optional.ofNullable(readByPods.get(role));
  }

  /** This password counts as read by all pods, or they are marked to be replaced. */
  void podsHaveRead(RoleCredential role, SecretText password) {
    readByPods.put(role, password);
  }

  void rememberSecret(RoleCredential role, RoleSecret secret, String version) {
    secrets.put(role, new Remembered(secret, version));
  }

  /**
   * The secret of this role was made by somebody else and does not carry our labels, so no watch
   * tells of it. Labels of a secret that exists are never touched (behaviour.md §1.14).
   */
  void adopt(RoleCredential role) {
    adopted.add(role);
  }

  void abandon(RoleCredential role) {
    adopted.remove(role);
  }

  Set<RoleCredential> adopted() {
    return Set.copyOf(adopted);
  }

  /** Takes note of the secrets that are wanted in other namespaces than the cluster's own. */
  void rememberAbroad(Set<RoleCredential> roles) {
    abroad.clear();
    abroad.addAll(roles);
  }

  /** Secrets of the cluster that a list by its labels in its namespace does not find. */
  public Set<RoleCredential> unlisted() {
    Set<RoleCredential> all = new HashSet<>(adopted);
    all.addAll(abroad);
    return Set.copyOf(all);
  }

  /** Since when this is the case without a break; starts the count at {@code now}. */
  Instant since(String what, Instant now) {
    return since.computeIfAbsent(what, key -> now);
  }

  void stopSince(String what) {
    since.remove(what);
  }

  /**
   * Of what is counted under names that begin so, only these go on; none when this look is late,
   * because nobody has seen what was meanwhile.
   */
  void retainSince(String beginning, Set<String> still, Instant now) {
    boolean late = now.isAfter(nextLook.getOrDefault(beginning, now));
    since.keySet().removeIf(what -> what.startsWith(beginning) && (late || !still.contains(what)));
  }

  /** Takes note that a look at what is counted under names that begin so is late after that. */
  void expectLook(String beginning, Instant latest) {
    nextLook.put(beginning, latest);
  }

  /** Takes note that members may say until then that they wait for a restart. */
  void expectRestarts(Instant until) {
    restartsExpectedUntil = until;
  }

  Instant restartsExpectedUntil() {
    return restartsExpectedUntil;
  }

  /** The order that takes its time, if there is one. */
  Underway underway() {
    return underway;
  }

  /** Whether an order was given whose end is still to come. */
  public boolean orderGoesOn() {
    return underway.goesOn();
  }

  /**
   * In what a pod differs from a template, as it was found when the two were last compared.
   *
   * @param hash stands for the template
   * @param uid of the pod
   */
  Optional<List<Difference>> podDrift(String hash, String uid) {
    return hash.equals(template) ? Optional.ofNullable(podDrift.get(uid)) : Optional.empty();
  }

  /** Whether any pod was found to differ from what is wanted. */
  boolean hasPodDrift() {
    return podDrift.values().stream().anyMatch(found -> !found.isEmpty());
  }

  /** Remembers it until another template is wanted. */
  void rememberPodDrift(String hash, String uid, List<Difference> differences) {
    if (!hash.equals(template)) {
      podDrift.clear();
      template = hash;
    }
    podDrift.put(uid, List.copyOf(differences));
  }

  /**
   * Since when the cluster waits for something without a break; starts the count at {@code now}.
   */
  Instant waitingSince(Instant now) {
    Instant since = waitingSince.orElse(now);
    waitingSince = Optional.of(since);
    return since;
  }

  void stoppedWaiting() {
    waitingSince = Optional.empty();
  }

  /** Counts a failed sync and returns how many there were in a row. */
  public int failedAgain() {
    return ++failures;
  }

  public void succeeded() {
    failures = 0;
  }
}
