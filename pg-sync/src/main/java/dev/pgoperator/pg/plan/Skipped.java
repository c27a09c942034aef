package dev.pgoperator.pg.plan;

/** Something wished for that is left out, and why. Nothing is sent for it; other wishes go on. */
public record Skipped(String subject, String reason) {}
