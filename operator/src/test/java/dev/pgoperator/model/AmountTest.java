package dev.pgoperator.model;

import static org.assertj.core.api.Assertions.assertThat;

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
    "some, some"
  })
  void equalNumbersHaveOneForm(String text, String canonical) {
    assertThat(Amount.canonical(text)).isEqualTo(canonical);
  }
}
