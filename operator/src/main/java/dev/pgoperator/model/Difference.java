package dev.pgoperator.model;

/**
 * One field in which a live object is not as desired.
 *
 * @param field path such as {@code spec.template.spec.containers[postgres].image}
 * @param from live value, empty when the field is missing; masked when it is secret
 * @param to desired value, empty when the field has to go; masked when it is secret
 */
public record Difference(String field, String from, String to, Effect effect) {

  /** One sentence for people. */
  public String text() {
    if (from.isEmpty()) {
      return field + ": add " + to;
    }
    return to.isEmpty() ? field + ": remove " + from : field + ": " + from + " -> " + to;
  }
}
