package dev.pgoperator.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgoperator.config.OperatorConfig;
import dev.pgoperator.config.OperatorConfigs;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamesTest {

  @ParameterizedTest
  @CsvSource({
    "'', app_user, app-user.orders.credentials.postgresql.acid.zalan.do",
    "{username}.{cluster}.secret, app, app.orders.secret",
    "{cluster}-{username}, a, orders-a",
    "{tprkind}.{tprgroup}.{cluster}.{username}.x, a, postgresql.acid.zalan.do.orders.a.x"
  })
  void aSecretIsNamedByItsTemplate(String template, String role, String name) {
    OperatorConfig config =
        OperatorConfigs.fromConfigMap(
                template.isEmpty() ? Map.of() : Map.of("secret_name_template", template))
            .config();
    assertThat(Names.secret(config, "orders", role)).isEqualTo(name);
  }

  @Test
  void aRoleThatIsNamedLikeAPlaceholderIsNoPlaceholder() {
    OperatorConfig config = OperatorConfigs.fromConfigMap(Map.of()).config();
    assertThat(Names.secret(config, "orders", "{cluster}"))
        .isEqualTo("{cluster}.orders.credentials.postgresql.acid.zalan.do");
  }
}
