package dev.pgoperator.pg.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class ScramTest {
  private static final Secret PENCIL = new Secret("pencil");

  /** Password and salt of the example in RFC 7677, section 3; the keys follow from its exchange. */
  private static final byte[] SALT = Base64.getDecoder().decode("W22ZaJ0SNY7soEsUEjb6gQ==");

  private static final String STORED =
      "SCRAM-SHA-256$4096:W22ZaJ0SNY7soEsUEjb6gQ==$"
          + "WG5d8oPm3OtcPnkdi4Uo7BkeZkBFzpcXkuLmtbsT4qY=:wfPLwcE6nTWhTAmQ7tl2KeoiWGPlZqQxSrmfPwDl2dU=";

  @Test
  void makesTheVerifierOfTheStandardsExample() {
    assertThat(Scram.verifier(PENCIL, SALT).text()).isEqualTo(STORED);
  }

  @Test
  void recognisesItsOwnVerifierAndNoOther() {
    assertThat(Scram.matches(STORED, PENCIL)).isTrue();
    assertThat(Scram.matches(STORED, new Secret("Pencil"))).isFalse();
    assertThat(Scram.matches(STORED, new Secret(""))).isFalse();
  }

  @Test
  void followsTheIterationsOfTheStoredVerifier() {
    String other = STORED.replace("$4096:", "$4095:");
    assertThat(Scram.matches(other, PENCIL)).isFalse();
  }

  @Test
  void takesNothingElseForAVerifier() {
    assertThat(Scram.matches("", PENCIL)).isFalse();
    assertThat(Scram.matches("md5" + "0".repeat(32), PENCIL)).isFalse();
    assertThat(
            Scram.matches(
                "SCRAM-SHA-256$4096:=====$" + "A".repeat(44) + ":" + "A".repeat(44), PENCIL))
        .isFalse();
    assertThat(
            Scram.matches(
                "SCRAM-SHA-256$0:" + "AAAA$" + "A".repeat(43) + "=:" + "A".repeat(43) + "=",
                PENCIL))
        .isFalse();
  }

  @Test
  void preparesPasswordsAsTheStandardSays() {
    // Roman numeral nine and a soft hyphen: SASLprep makes "IX" of them (RFC 4013, section 3).
    String prepared = Scram.verifier(new Secret("\u2168"), SALT).text();
    assertThat(Scram.matches(prepared, new Secret("IX"))).isTrue();
    assertThat(Scram.matches(prepared, new Secret("I\u00adX"))).isTrue();
  }

  @Test
  void usesAPasswordAsItIsWhenTheStandardProhibitsIt() {
    Secret bell = new Secret("\u0007 \u00e4");
    assertThat(Scram.matches(Scram.verifier(bell, SALT).text(), bell)).isTrue();
    assertThat(bell.reveal().getBytes(StandardCharsets.UTF_8)).hasSize(4);
  }
}
