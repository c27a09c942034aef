package dev.pgoperator.model;

/**
 * Hashes of 64 bits for telling whether anything has changed; not for secrets. FNV-1a over the
 * characters, with the finalizer of MurmurHash3, so that sums of hashes are hashes too.
 */
final class Mix {
  private static final long START = 0xcbf29ce484222325L;
  private static final long PRIME = 0x100000001b3L;

  private Mix() {}

  static long of(String text, long seed) {
    long hash = START ^ seed;
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * PRIME;
    }
    return finished(hash);
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
