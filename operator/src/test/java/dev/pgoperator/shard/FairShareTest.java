package dev.pgoperator.shard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What pod {@code a} does, by what it sees. */
class FairShareTest {

  /**
   * One letter for each shard: {@code H} held, {@code L} leaving, {@code M} names this pod, {@code
   * .} free, {@code ?} unknown, {@code b} held by another pod, {@code B} its lease has lapsed.
   */
  private static List<Standing> standings(String letters) {
    return letters.chars().mapToObj(FairShareTest::standing).toList();
  }

  private static Standing standing(int letter) {
    return switch (letter) {
      case 'H' -> new Standing.Held();
      case 'L' -> new Standing.Leaving();
      case 'M' -> new Standing.Mine();
      case '.' -> new Standing.Free();
      case '?' -> new Standing.Unknown();
      default -> {
        String name = Character.toString(Character.toLowerCase(letter));
        yield Character.isUpperCase(letter) ? new Standing.Lapsed(name) : new Standing.Others(name);
      }
    };
  }

  private static Set<String> members(String letters) {
    Set<String> members = new TreeSet<>();
    letters.chars().forEach(letter -> members.add(Character.toString(letter)));
    return members;
  }

  @ParameterizedTest
  @CsvSource({
    // shards, members, ready: takes, gives up, releases
    "........, a,    true,  8, 0, 0",
    "........, a,    false, 8, 0, 0",
    "........, ab,   true,  4, 0, 0",
    "........, ab,   false, 0, 0, 0",
    "bbbbbbbb, ab,   true,  0, 0, 0",
    "bbbbbbb., ab,   true,  1, 0, 0",
    "HHHHHHHH, a,    true,  0, 0, 0",
    "HHHHHHHH, ab,   true,  0, 1, 0",
    "HHHHHHHL, ab,   true,  0, 0, 0",
    "HHHHbbbb, ab,   true,  0, 0, 0",
    "HHHHBBBB, a,    true,  4, 0, 0",
    "HHHHBBBB, ac,   true,  0, 0, 0",
    "HHHbbbCC, ab,   true,  1, 0, 0",
    "HHHHbbbb, abc,  true,  0, 1, 0",
    "HHHbbbb., abc,  true,  0, 0, 0",
    "HHbbccdd, abcde,true,  0, 0, 0",
    "bbccddHH, bcdea,true,  0, 0, 0",
    "HHHbbcc., abcde,true,  0, 1, 0",
    "MMMMbbbb, ab,   false, 4, 0, 0",
    "MMMMMMbb, ab,   false, 4, 0, 2",
    "MMMMMMMM, a,    false, 8, 0, 0",
    "????????, a,    true,  0, 0, 0",
    "HHHH????, a,    true,  0, 0, 0"
  })
  void decides(String shards, String members, boolean ready, int takes, int gives, int releases) {
    List<FairShare.Intent> intents =
        new FairShare("a", ready, standings(shards), members(members)).intents();
    assertThat(intents).filteredOn(FairShare.Intent.Take.class::isInstance).hasSize(takes);
    assertThat(intents).filteredOn(FairShare.Intent.GiveUp.class::isInstance).hasSize(gives);
    assertThat(intents).filteredOn(FairShare.Intent.Release.class::isInstance).hasSize(releases);
  }

  @Test
  void theQuotasOfAllPodsAreAllShards() {
    for (String all : List.of("a", "ab", "abc", "abcd", "abcde", "abcdefghijk")) {
      int sum =
          members(all).stream()
              .mapToInt(me -> new FairShare(me, true, standings("........"), members(all)).quota())
              .sum();
      assertThat(sum).isEqualTo(Shards.COUNT);
    }
  }

  @Test
  void whatIsLeftOverGoesToThoseWhoHoldMost() {
    assertThat(new FairShare("e", true, standings("aabbccdd"), members("abcde")).quota())
        .isEqualTo(1);
    assertThat(new FairShare("d", true, standings("aabbccHH"), members("abcde")).quota())
        .isEqualTo(1);
    assertThat(new FairShare("c", true, standings("aabbHHdd"), members("abcde")).quota())
        .isEqualTo(2);
  }
}
