package dev.pgoperator.model;

/**
 * Something that was not done as written, although the cluster works: worth a Warning event.
 *
 * @param reason reason of the event, one word in camel case
 * @param text one sentence
 */
public record Note(String reason, String text) {}
