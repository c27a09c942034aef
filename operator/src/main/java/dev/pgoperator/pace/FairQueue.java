package dev.pgoperator.pace;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A queue in which groups take turns: one of each group, then the next of each. Within a group the
 * first to come goes first, so that a group of nine hundred holds up nobody but itself. Not
 * thread-safe.
 */
final class FairQueue<T> {
  private final Map<String, Deque<T>> groups = new LinkedHashMap<>(); // none is empty
  private int size;

  void add(String group, T one) {
    groups.computeIfAbsent(group, first -> new ArrayDeque<>()).add(one);
    size++;
  }

  /** Takes the next one; its group goes to the end. */
  Optional<T> poll() {
    Iterator<Map.Entry<String, Deque<T>>> all = groups.entrySet().iterator();
    if (!all.hasNext()) {
      return Optional.empty();
    }
    Map.Entry<String, Deque<T>> next = all.next();
    String group = next.getKey();
    Deque<T> members = next.getValue();
    all.remove();
    T one = members.remove();
    size--;
    if (!members.isEmpty()) {
      groups.put(group, members);
    }
    return Optional.of(one);
  }

  /** Whether it was there. */
  boolean remove(String group, T one) {
    Deque<T> members = groups.get(group);
    if (members == null || !members.remove(one)) {
      return false;
    }
    size--;
    if (members.isEmpty()) {
      groups.remove(group);
    }
    return true;
  }

  int size() {
    return size;
  }
}
