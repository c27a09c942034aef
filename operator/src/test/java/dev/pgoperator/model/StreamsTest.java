package dev.pgoperator.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StreamsTest {

  private static final Blueprint FEED =
      Blueprints.of(
          """
            patroni:
              slots:
                fes_shop_mine: {type: logical, plugin: pgoutput, database: shop}
                other: {type: logical, plugin: pgoutput, database: shop}
            streams:
            - {applicationId: a-1, database: shop, tables: {t: {eventType: e}}}
            - {applicationId: a-1, database: shop, tables: {s.u: {eventType: e}}}
            - {applicationId: b, database: shop, tables: {t: {eventType: e}}}
            - {applicationId: b, database: stock, tables: {t: {eventType: e}}}
          """);

  private static Map<String, String> slot(String database) {
    return Map.of("type", "logical", "plugin", "pgoutput", "database", database);
  }

  @Test
  void streamsOfOneApplicationAndDatabaseShareASlot() {
    assertThat(Streams.slots(FEED))
        .containsOnly(
            Map.entry("fes_shop_a_1", slot("shop")),
            Map.entry("fes_shop_b", slot("shop")),
            Map.entry("fes_stock_b", slot("stock")));
    assertThat(Streams.slots(FEED, "b")).containsExactly("fes_shop_b", "fes_stock_b");
  }

  @Test
  void aSlotOfTheManifestKeepsItsPublicationAsItIs() {
    assertThat(Streams.publications(FEED).get("shop"))
        .containsOnly(
            Map.entry("fes_shop_a_1", Set.of("t", "s.u")),
            Map.entry("fes_shop_b", Set.of("t")),
            Map.entry("fes_shop_mine", Set.of()));
  }

  @Test
  void onlySlotsThatLookLikeOursAndAreNotWantedAreStale() {
    Map<String, Map<String, String>> live =
        Map.of(
            "fes_shop_b", slot("shop"),
            "fes_shop_mine", slot("shop"),
            "fes_shop_old", slot("shop"),
            "fes_gone_old", slot("gone"),
            "fes_shop_elsewhere", slot("stock"),
            "fes_shop_physical", Map.of("type", "physical"),
            "fes_shop_test", Map.of("type", "logical", "plugin", "wal2json", "database", "shop"),
            "cdc", slot("shop"));
    assertThat(Streams.stale(FEED, live))
        .containsOnly(Map.entry("fes_shop_old", "shop"), Map.entry("fes_gone_old", "gone"));
  }

  @Test
  void anObjectKeepsTheNameThatSomebodyGaveItAndANewOneAlwaysGetsTheSame() {
    Map<String, String> fresh = Streams.names(FEED, Map.of());
    assertThat(fresh).containsOnlyKeys("a-1", "b").isEqualTo(Streams.names(FEED, Map.of()));
    assertThat(fresh.values())
        .doesNotHaveDuplicates()
        .allSatisfy(name -> assertThat(name).matches("demo-[a-z0-9]{5}"));

    assertThat(Streams.names(FEED, Map.of("demo-x1y2z", "b", "demo-zzzzz", "gone")))
        .containsEntry("b", "demo-x1y2z")
        .containsEntry("a-1", fresh.get("a-1"));
  }

  @Test
  void aNameThatPostgresqlRefusesIsToldBeforehand() {
    assertThat(Streams.isPossible("fes_shop_a_1")).isTrue();
    assertThat(Streams.isPossible("fes_My-Shop_a")).isFalse();
    assertThat(Streams.isPossible("fes_" + "x".repeat(60))).isFalse();
  }
}
