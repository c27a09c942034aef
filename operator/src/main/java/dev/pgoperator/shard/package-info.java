/**
 * Which of several operator pods works for which clusters: clusters are hashed onto shards, and
 * there is one Lease for each shard. Decisions are pure; {@link dev.pgoperator.shard.Keeper} acts
 * on them. What a cluster is, and what is done for it, is not known here.
 */
@NullMarked
package dev.pgoperator.shard;

import org.jspecify.annotations.NullMarked;
