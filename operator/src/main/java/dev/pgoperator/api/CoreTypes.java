package dev.pgoperator.api;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Optional;

/**
 * Parts of a manifest whose form Kubernetes defines, read into its own types; unknown fields stay
 * in them.
 */
final class CoreTypes {

  private static final ObjectMapper MAPPER =
      new ObjectMapper().configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, false);

  private CoreTypes() {}

  static <T> Optional<T> read(String at, Object value, Class<T> type, Findings findings) {
    String expected = "a Kubernetes " + type.getSimpleName();
    try {
      return Optional.of(MAPPER.convertValue(value, type));
    } catch (IllegalArgumentException e) {
      findings.problem(at + where(e), "something else", expected);
      return Optional.empty();
    }
  }

  /**
   * The place inside the part, from Jackson's own note; its message may quote a secret and is not
   * used.
   */
  private static String where(IllegalArgumentException e) {
    if (!(e.getCause() instanceof JacksonException cause)
        || !(cause instanceof JsonMappingException mapping)) {
      return "";
    }
    StringBuilder path = new StringBuilder();
    for (JsonMappingException.Reference step : mapping.getPath()) {
      if (step.getFieldName() != null) {
        path.append('.').append(step.getFieldName());
      } else {
        path.append('[').append(step.getIndex()).append(']');
      }
    }
    return path.toString();
  }
}
