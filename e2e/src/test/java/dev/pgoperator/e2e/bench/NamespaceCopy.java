package dev.pgoperator.e2e.bench;

import dev.pgoperator.e2e.bench.Etcd.Entry;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes of a namespace with everything in it another one, as the API server would have stored it:
 * with other names, ids and addresses of the same lengths, because most entries are protocol
 * buffers, which write the length before each text.
 */
final class NamespaceCopy {
  private static final Pattern ID =
      Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

  private static final String ADDRESSES = "/registry/ipaddresses/";

  private final String namespace;
  private final List<Entry> entries;
  private final List<String> ownAddresses = new ArrayList<>();
  private final Set<String> taken;
  private int candidate;

  /**
   * @param taken addresses of services that are in use
   */
  NamespaceCopy(String namespace, List<Entry> entries, Collection<String> taken) {
    this.namespace = namespace;
    this.entries = List.copyOf(entries);
    this.taken = new HashSet<>(taken);
    for (Entry one : entries) {
      if (one.key().startsWith(ADDRESSES)) {
        ownAddresses.add(one.key().substring(ADDRESSES.length()));
      }
    }
  }

  /**
   * @param other name of the other namespace, as long as the first one's
   */
  List<Entry> named(String other) {
    if (other.length() != namespace.length()) {
      throw new IllegalArgumentException(other + " has another length than " + namespace);
    }
    Map<String, String> addresses = new HashMap<>();
    ownAddresses.forEach(one -> addresses.put(one, free(one)));
    return entries.stream()
        .map(
            one ->
                new Entry(key(one.key(), other, addresses), value(one.value(), other, addresses)))
        .toList();
  }

  private String key(String key, String other, Map<String, String> addresses) {
    if (key.startsWith(ADDRESSES)) {
      String own = key.substring(ADDRESSES.length());
      return ADDRESSES + addresses.getOrDefault(own, own);
    }
    return renamed(key, other);
  }

  private String value(String value, String other, Map<String, String> addresses) {
    String changed = renamed(value, other);
    for (Map.Entry<String, String> one : addresses.entrySet()) {
      char length = (char) one.getKey().length(); // 10.112.1.2 is not the beginning of 10.112.1.23
      changed = changed.replace(length + one.getKey(), length + one.getValue());
    }
    return changed;
  }

  private String renamed(String text, String other) {
    return ID.matcher(text.replace(namespace, other))
        .replaceAll(id -> Matcher.quoteReplacement(id(id.group(), other)));
  }

  /** The same for the same id and namespace, wherever it stands. */
  private static String id(String original, String other) {
    UUID id = UUID.fromString(original);
    long turned = id.getMostSignificantBits() ^ ((long) other.hashCode() << 32);
    return new UUID(turned, id.getLeastSignificantBits()).toString();
  }

  /** An unused address of the fleet's Services (e2e/bed/settings.sh) with the same length. */
  private String free(String like) {
    for (int tried = 0; tried < 1 << 20; tried++) {
      candidate = (candidate + 1) & 0xfffff;
      String address =
          "10.%d.%d.%d"
              .formatted(112 + (candidate >> 16), (candidate >> 8) & 0xff, candidate & 0xff);
      if (address.length() == like.length() && (candidate & 0xff) != 0 && taken.add(address)) {
        return address;
      }
    }
    throw new IllegalStateException("no free address is as long as " + like);
  }
}
