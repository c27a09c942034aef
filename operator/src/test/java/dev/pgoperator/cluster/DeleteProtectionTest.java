package dev.pgoperator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgoperator.api.ClusterId;
import dev.pgoperator.api.Origin;
import dev.pgoperator.config.OperatorSettings;
import java.time.LocalDate;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DeleteProtectionTest {
  private static final LocalDate TODAY = LocalDate.of(2026, 3, 1);
  private static final ClusterId ORDERS = new ClusterId("shop", "orders");

  private static OperatorSettings.Deletion rules(boolean owners, String dateKey, String nameKey) {
    return new OperatorSettings.Deletion(false, owners, dateKey, nameKey, true, true);
  }

  private static Optional<String> refusal(OperatorSettings.Deletion rules, String annotations) {
    Origin origin =
        Manifests.decoded(
                """
                apiVersion: acid.zalan.do/v1
                kind: postgresql
                metadata: {name: orders, namespace: shop, annotations: {%s}}
                """
                    .formatted(annotations))
            .origin();
    return DeleteProtection.refusal(rules, ORDERS, origin, TODAY);
  }

  @Test
  void withoutKeysEverythingMayGo() {
    assertThat(refusal(rules(false, "", ""), "")).isEmpty();
  }

  @Test
  void theDateMustBeTodays() {
    assertThat(refusal(rules(false, "delete-date", ""), "delete-date: '2026-03-01'")).isEmpty();
    assertThat(refusal(rules(false, "delete-date", ""), "delete-date: '2026-02-28'")).isPresent();
    assertThat(refusal(rules(false, "delete-date", ""), ""))
        .hasValueSatisfying(why -> assertThat(why).contains("delete-date"));
  }

  @Test
  void theNameMustBeTheClusters() {
    assertThat(refusal(rules(false, "", "delete-name"), "delete-name: orders")).isEmpty();
    assertThat(refusal(rules(false, "", "delete-name"), "delete-name: carts")).isPresent();
  }

  @Test
  void withOwnerReferencesKubernetesDeletesAnyway() {
    assertThat(refusal(rules(true, "delete-date", "delete-name"), "")).isEmpty();
  }
}
