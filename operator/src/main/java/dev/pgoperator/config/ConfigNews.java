package dev.pgoperator.config;

import java.util.ArrayList;
import java.util.List;

/**
 * Something that the administrator should know about the configuration.
 *
 * @param good whether it is as wanted; otherwise it needs somebody's attention
 * @param reason one word in CamelCase, for a Kubernetes Event
 * @param items what it is about, one text each; never the value of a secret
 */
public record ConfigNews(boolean good, String reason, String summary, List<String> items) {

  public ConfigNews {
    items = List.copyOf(items);
  }

  static ConfigNews bad(String reason, String summary, List<String> items) {
    return new ConfigNews(false, reason, summary, items);
  }

  static ConfigNews good(String reason, String summary) {
    return new ConfigNews(true, reason, summary, List.of());
  }

  /** Everything, for the log. */
  public String text() {
    return items.isEmpty() ? summary : summary + ": " + String.join("; ", items);
  }

  /**
   * As many items as fit, and how many more there are.
   *
   * @param longest characters that the text may have
   */
  public String text(int longest) {
    List<String> shown = new ArrayList<>(items);
    String text = text();
    while (text.length() > longest && !shown.isEmpty()) {
      shown.removeLast();
      String rest = "and " + (items.size() - shown.size()) + " more, which the log names";
      text = summary + ": " + String.join("; ", shown) + (shown.isEmpty() ? "" : "; ") + rest;
    }
    return text;
  }
}
