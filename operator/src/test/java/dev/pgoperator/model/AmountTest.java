package dev.pgoperator.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AmountTest {

  @ParameterizedTest
  @CsvSource({
    "2147483648, 2Gi",
    "2048Mi, 2Gi",
    "0.5Gi, 512Mi",
    "500Mi, 500Mi",
    "100M, 100000000",
    "500m, 0.5",
    "0.50, 0.5",
    "1, 1",
    "1000, 1000",
    "1e3, 1000",
    "0, 0",
    "0Gi, 0",
    "some, some",
    "007, 7",
    "1023Ki, 1023Ki",
    "1024Ki, 1Mi",
    "999999999Gi, 999999999Gi",
    "1099511627776, 1Ti",
    "1024Gi, 1Ti",
    "12345678901Mi, 12345678901Mi",
    "100k, 100000",
    "1Mib, 1Mib",
    "+5, 5"
  })
  void equalNumbersHaveOneForm(String text, String canonical) {
    assertThat(Amount.canonical(text)).isEqualTo(canonical);
  }

  /** The short way must say what all forms together say: 1024 of a unit are one of the next. */
  @Test
  void shortFormsMeanTheSameAsLongOnes() {
    Random random = new Random(4711);
    for (int i = 0; i < 20_000; i++) {
      long number = random.nextLong(1, 1_000_000_000);
      String unit = List.of("", "Ki", "Mi", "Gi").get(random.nextInt(4));
      String shortForm = number + unit;
      String longForm = number + ".0" + unit;
      assertThat(Amount.canonical(shortForm)).isEqualTo(Amount.canonical(longForm));
      assertThat(Amount.of(shortForm)).isEqualByComparingTo(Amount.of(longForm));
    }
  }
}
