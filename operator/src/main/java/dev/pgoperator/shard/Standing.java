package dev.pgoperator.shard;

/** Who works for a shard, as one pod sees it. */
sealed interface Standing {
  /** This pod does. */
  record Held() implements Standing {}

  /** This pod is about to stop. */
  record Leaving() implements Standing {}

  /** The lease names this pod, which does not work for it: an earlier process of it did. */
  record Mine() implements Standing {}

  record Others(String holder) implements Standing {}

  /** Another pod did, and has not renewed its lease in time. */
  record Lapsed(String holder) implements Standing {}

  /** Nobody does. */
  record Free() implements Standing {}

  /** It cannot be told yet. */
  record Unknown() implements Standing {}
}
