package dev.pgoperator.teams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgoperator.api.SecretText;
import dev.pgoperator.config.NamespacedName;
import dev.pgoperator.config.RoleSettings;
import dev.pgoperator.kube.FakeKube;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class TokenSecretTest {
  private final FakeKube kube = new FakeKube();
  private final TokenSecret tokens = new TokenSecret(kube, "admin");

  private SecretText token(String name) throws Exception {
    var settings = new RoleSettings.TeamsApi(true, "x", new NamespacedName("", name));
    return tokens.token(settings).await(10, TimeUnit.SECONDS);
  }

  private void secret(String name, String type, String token) {
    kube.seed(
        new SecretBuilder()
            .withNewMetadata()
            .withNamespace("admin")
            .withName(name)
            .endMetadata()
            .addToData(
                "read-only-token-type",
                Base64.getEncoder()
                    .encodeToString(type.getBytes(java.nio.charset.StandardCharsets.UTF_8)))
            .addToData(
                "read-only-token-secret",
                Base64.getEncoder()
                    .encodeToString(token.getBytes(java.nio.charset.StandardCharsets.UTF_8)))
            .build());
  }

  @Test
  void readsABearersToken() throws Exception {
    secret("mine", "Bearer", "hush\n");
    assertThat(token("mine")).isEqualTo(new SecretText("hush"));
  }

  @Test
  void otherTypesAndEmptyOnesAreRefusedWithoutShowingThem() {
    secret("mine", "Basic", "hush");
    assertThatThrownBy(() -> token("mine"))
        .hasMessage("Secret admin/mine: expected Bearer at read-only-token-type");
    secret("mine", "Bearer", "");
    assertThatThrownBy(() -> token("mine"))
        .hasMessage("Secret admin/mine: expected a token at read-only-token-secret");
    assertThatThrownBy(() -> token("other")).hasMessage("Secret admin/other does not exist");
  }

  @Test
  void theDefaultNameHasTwoSpellings() throws Exception {
    secret("postgres-operator", "Bearer", "hush");
    assertThat(token("postgresql-operator")).isEqualTo(new SecretText("hush"));
    assertThatThrownBy(() -> token("mine")).hasMessageContaining("does not exist");
  }
}
