package dev.pgoperator.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What decoding one manifest brought to light, collected while it goes on. */
final class Findings {

  final List<Problem> problems = new ArrayList<>();
  final List<Deprecation> deprecated = new ArrayList<>();
  final Map<String, Object> unknown = new TreeMap<>();

  void deprecated(String field, String successor) {
    deprecated.add(new Deprecation(field, successor));
  }

  void problem(String field, String found, String expected) {
    problems.add(new Problem(field, found, expected));
  }
}
