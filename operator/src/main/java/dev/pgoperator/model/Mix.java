package dev.pgoperator.model;

/**
 * Hashes of 64 bits for telling whether anything has changed; not for secrets. Four characters at a
 * time are mixed in by a multiplication, and MurmurHash3's finalizer ends it, so that sums of
 * hashes are hashes too.
 */
final class Mix {
  private static final long START = 0xcbf29ce484222325L;
  private static final long PRIME = 0x100000001b3L;
  private static final long FACTOR = 0x9e3779b97f4a7c15L;

  private Mix() {}

  static long of(String text, long seed) {
    int length = text.length();
    long hash = (START ^ seed) + length * PRIME;
    int i = 0;
    for (; i + 4 <= length; i += 4) {
      long four =
          text.charAt(i)
              | (long) text.charAt(i + 1) << 16
              | (long) text.charAt(i + 2) << 32
              | (long) text.charAt(i + 3) << 48;
      hash = mixed(hash, four);
    }
    for (; i < length; i++) {
      hash = mixed(hash, text.charAt(i));
    }
    return finished(hash);
  }

  private static long mixed(long hash, long part) {
    long product = (hash ^ part) * FACTOR;
    return product ^ (product >>> 32);
  }

  /** Of two hashes in this order. */
  static long together(long first, long second) {
    return finished(first * PRIME + second);
  }

  private static long finished(long hash) {
    long mixed = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
    mixed = (mixed ^ (mixed >>> 33)) * 0xc4ceb9fe1a85ec53L;
    return mixed ^ (mixed >>> 33);
  }
}
