package dev.pgoperator.pg;

/**
 * What a server says of itself.
 *
 * @param inRecovery a replica, or a primary that is still replaying its log
 * @param acceptsWrites neither in recovery nor set to read-only transactions
 * @param version {@code server_version_num}, for instance 170005
 */
public record PrimaryState(boolean inRecovery, boolean acceptsWrites, int version) {}
