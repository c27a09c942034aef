package dev.pgoperator.pg.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SecretsStayHiddenTest {
  private static final String CLEAR = "open sesame";
  private static final Verifier VERIFIER =
      Scram.verifier(new Secret(CLEAR), new byte[Scram.SALT_BYTES]);

  @Test
  void noTypeOfOursPrintsThem() {
    RoleName app = new RoleName("app");
    var replace = new PasswordVerdict.Replace(VERIFIER);
    List<Object> things =
        List.of(
            new Secret(CLEAR),
            DesiredRole.of(app, Set.of(), Credential.of(CLEAR)),
            Credential.of(VERIFIER.text()),
            VERIFIER,
            new CreateRole(app, Set.of(), Set.of(), Set.of(), replace),
            new AlterRole(app, Set.of(), replace, "the password differs"),
            new AlterRole(app, Set.of(), replace, "the password differs").statements(),
            new AlterRole(app, Set.of(), replace, "the password differs").sql(),
            new ObservedRole(
                app, Set.of(), new Secret(VERIFIER.text()), Set.of(), java.util.Map.of()));

    assertThat(things)
        .allSatisfy(thing -> assertThat(thing.toString()).doesNotContain(CLEAR, VERIFIER.text()));
  }

  @Test
  void readsWhatStandsInASecret() {
    assertThat(Credential.of("")).isInstanceOf(Credential.NoPassword.class);
    assertThat(Credential.of(CLEAR)).isInstanceOf(Credential.ClearText.class);
    assertThat(Credential.of(VERIFIER.text())).isInstanceOf(Credential.Hashed.class);
    assertThat(Credential.of("md5" + "0".repeat(32))).isInstanceOf(Credential.Hashed.class);
    assertThat(Credential.of("md5 is old")).isInstanceOf(Credential.ClearText.class);
  }
}
