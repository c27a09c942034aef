package dev.pgoperator.pg.plan;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** A node of a YAML document, with empty values for what is absent. */
public record Yaml(Object value) {

  /** Reads a file of the test's resources. */
  public static Yaml resource(String path) {
    try (InputStream in = Yaml.class.getResourceAsStream(path)) {
      if (in == null) {
        throw new IllegalArgumentException("no resource " + path);
      }
      Object document = new org.yaml.snakeyaml.Yaml().load(in);
      return new Yaml(document == null ? Map.of() : document);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  /** Reads a document. */
  public static Yaml text(String document) {
    return new Yaml(new org.yaml.snakeyaml.Yaml().<Object>load(document));
  }

  public Yaml at(String key) {
    Object child = value instanceof Map<?, ?> map ? map.get(key) : null;
    return new Yaml(child == null ? "" : child);
  }

  public Set<String> keys() {
    Set<String> keys = new TreeSet<>();
    if (value instanceof Map<?, ?> map) {
      map.keySet().forEach(key -> keys.add(key.toString()));
    }
    return keys;
  }

  public List<Yaml> items() {
    return value instanceof List<?> list ? list.stream().map(Yaml::new).toList() : List.of();
  }

  public List<String> texts() {
    return items().stream().map(Yaml::text).toList();
  }

  public boolean present() {
    return !value.equals("");
  }

  public boolean flag(boolean otherwise) {
    return present() ? value.equals(true) : otherwise;
  }

  public String text() {
    return String.valueOf(value);
  }
}
