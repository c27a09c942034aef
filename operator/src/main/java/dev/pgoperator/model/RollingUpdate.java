package dev.pgoperator.model;

import dev.pgoperator.model.Instance.State;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * In which order pods are replaced (behaviour.md §4.7, made safe): what does not work first, then
 * replicas, then the primary after it has handed over. One at a time, and only while everything
 * else works. Decides from what is there now and remembers nothing, so it may be interrupted
 * anywhere.
 *
 * @param wanted how many pods there should be
 * @param successor who would take over, among the pods that are new and stream
 * @param paused whether Patroni's automatic failover is switched off
 */
public record RollingUpdate(
    String cluster, int wanted, List<Instance> instances, Successor successor, boolean paused) {

  public RollingUpdate {
    instances = List.copyOf(instances);
  }

  public Roll next() {
    if (instances.stream().noneMatch(Instance::old)) {
      return new Roll.Nothing();
    }
    Optional<Instance> leaving = first(one -> one.state() == State.LEAVING);
    if (leaving.isPresent()) {
      return new Roll.Await(leaving.get().text());
    }
    return cure().or(this::awaitOthers).orElseGet(this::replaceWorking);
  }

  /**
   * Pods that are old and do no work can only win. One that runs without working may be waiting for
   * a new pod that is still on its way, so that is given the time.
   */
  private Optional<Roll> cure() {
    boolean led = first(Instance::leads).isPresent();
    boolean othersSettled = awaitOthers().isEmpty();
    return Stream.concat(
            old(one -> one.state() == State.BROKEN),
            led && !othersSettled ? Stream.empty() : old(one -> !one.healthy()))
        .findFirst()
        .map(one -> new Roll.Replace(one.name(), false));
  }

  private Optional<Roll> awaitOthers() {
    Optional<Instance> broken = first(one -> !one.old() && one.state() == State.BROKEN);
    if (broken.isPresent()) {
      return Optional.of(new Roll.Stuck(broken.get().text()));
    }
    Optional<Instance> unwell = first(one -> !one.old() && !one.healthy());
    if (unwell.isPresent()) {
      return Optional.of(new Roll.Await(unwell.get().text()));
    }
    List<String> names = instances.stream().map(Instance::name).toList();
    String missing =
        IntStream.range(0, wanted)
            .mapToObj(ordinal -> cluster + "-" + ordinal)
            .filter(name -> !names.contains(name))
            .collect(Collectors.joining(", "));
    return missing.isEmpty()
        ? Optional.empty()
        : Optional.of(new Roll.Await(missing + " is being made"));
  }

  /** Here every pod works. */
  private Roll replaceWorking() {
    Optional<Instance> leader = first(Instance::leads);
    if (leader.isEmpty()) {
      return new Roll.Await("no pod leads the cluster");
    }
    if (paused && instances.size() > 1) {
      return new Roll.Stuck("Patroni's automatic failover is paused");
    }
    Optional<Instance> replica = old(one -> !one.leads()).findFirst();
    if (replica.isPresent()) {
      return new Roll.Replace(replica.get().name(), true);
    }
    if (instances.size() == 1) {
      return new Roll.Replace(leader.get().name(), true);
    }
    return switch (successor) {
      case Successor.Found(var name) -> new Roll.HandOver(leader.get().name(), name);
      case Successor.Nobody(var why) -> new Roll.Stuck("nobody can take over: " + why);
    };
  }

  private Optional<Instance> first(Predicate<Instance> fit) {
    return instances.stream().filter(fit).findFirst();
  }

  private Stream<Instance> old(Predicate<Instance> fit) {
    return instances.stream().filter(Instance::old).filter(fit);
  }
}
