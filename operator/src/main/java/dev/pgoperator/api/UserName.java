package dev.pgoperator.api;

import java.util.regex.Pattern;

/** Name of a role as users may choose it: it becomes part of the name of a Secret (api.md §3.4). */
public record UserName(String text) {
  private static final Pattern FORM =
      Pattern.compile("[a-z0-9]([-_a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-_a-z0-9]*[a-z0-9])?)*");

  /** What PostgreSQL keeps of a name, in characters of this form. */
  private static final int LONGEST = 63;

  /** Whether it may be used. */
  public boolean isWellFormed() {
    return text.length() <= LONGEST && FORM.matcher(text).matches();
  }
}
