package dev.pgoperator.pg.plan;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ParameterTest {

  @Test
  void splitsNamesAtCommasOutsideQuotes() {
    assertThat(Parameter.names("\"$user\", Public, \"a,b\", \"q\"\"q\""))
        .containsExactly("$user", "public", "a,b", "q\"q");
    assertThat(Parameter.names("")).isEmpty();
    assertThat(Parameter.names("\"Case\"")).containsExactly("Case");
  }

  @Test
  void comparesListsOfNamesByMeaning() {
    assertThat(Parameter.same("search_path", "\"$user\",\"data\"", "\"$user\", data")).isTrue();
    assertThat(Parameter.same("Search_Path", "'a, b'", "a, b")).isTrue();
    assertThat(Parameter.same("search_path", "a, b", "b, a")).isFalse();
  }

  @Test
  void comparesOtherValuesAsTheyStand() {
    assertThat(Parameter.same("work_mem", "'4MB'", "4MB")).isTrue();
    assertThat(Parameter.same("work_mem", "4MB", "4096kB")).isFalse();
    assertThat(Parameter.same("my.text", "it''s", "it''s")).isTrue();
  }

  @Test
  void quotesValuesAndNames() {
    assertThat(Parameter.assigned("work_mem", "4MB'; DROP TABLE x; --"))
        .isEqualTo("'4MB''; DROP TABLE x; --'");
    assertThat(Parameter.assigned("search_path", "")).isEqualTo("''");
    assertThat(Parameter.quotedName("My.Setting\"")).isEqualTo("\"my\".\"setting\"\"\"");
  }
}
