package dev.pgoperator.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgoperator.api.SecretText;
import dev.pgoperator.model.RotationDecision.Cause;
import dev.pgoperator.model.RotationDecision.Moment;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each row of the contract, and what lies between the rows; the time is passed in. */
class RotationDecisionTest {
  private static final Instant NOW = Instant.parse("2026-11-25T10:30:15.250Z");
  private static final Instant IN_30_DAYS = Instant.parse("2026-12-25T10:30:15Z");
  private static final RotationRule NEVER = new RotationRule.Never();
  private static final RotationRule NEW_USER = new RotationRule.NewUser(Duration.ofDays(30));
  private static final RotationRule IN_PLACE = new RotationRule.InPlace(Duration.ofDays(30));
  private static final String NONE = "(none)";

  private static RoleSecret secret(String username, String next) {
    return new RoleSecret(
        username,
        new SecretText("secret"),
        next.equals(NONE) ? Optional.empty() : Optional.of(next),
        Optional.of(Instant.parse("2026-01-01T00:00:00Z")));
  }

  private static RoleSecret secretMade(String when) {
    return new RoleSecret(
        "foo_user", new SecretText("secret"), Optional.empty(), Optional.of(Instant.parse(when)));
  }

  private static Moment quiet(Instant now) {
    return new Moment(now, Cause.NONE);
  }

  private static RotationDecision renew(String username) {
    return new RotationDecision.Renew(username, Optional.of(IN_30_DAYS));
  }

  private static RotationDecision rest(String next) {
    return new RotationDecision.Rest(
        next.equals(NONE) ? Optional.empty() : Optional.of(Instant.parse(next)));
  }

  static Stream<Arguments> rows() {
    RotationDecision schedule = new RotationDecision.Schedule(IN_30_DAYS);
    RotationDecision restore = new RotationDecision.Renew("foo_user", Optional.empty());
    return Stream.of(
        row("not rotated", NEVER, "foo_user", NONE, rest(NONE)),
        row("a secret made by hand without a name", NEVER, "", NONE, rest(NONE)),
        row("switched off", NEVER, "foo_user261101", "2026-12-01T00:00:00Z", restore),
        row("switched off in place", NEVER, "foo_user", "2026-12-01T00:00:00Z", rest(NONE)),
        row("a name that is nobody's", NEVER, "somebody", NONE, restore),
        row("another role's secret", NEVER, "foo-user", NONE, shared()),
        row("another role's secret, rotating", NEW_USER, "foo-user", NONE, shared()),
        row("first seen", NEW_USER, "foo_user", NONE, schedule),
        row("a date that is none", NEW_USER, "foo_user", "soon", schedule),
        row("switched on again", NEW_USER, "foo_user", "", schedule),
        row("first seen in place", IN_PLACE, "foo_user", NONE, schedule),
        row("not yet", NEW_USER, "foo_user", "2026-11-26T00:00:00Z", rest("2026-11-26T00:00:00Z")),
        row("this moment is not later", NEW_USER, "foo_user", NOW.toString(), rest(NOW.toString())),
        row("due", NEW_USER, "foo_user", "2026-11-25T00:00:00Z", renew("foo_user261125")),
        row(
            "due again",
            NEW_USER,
            "foo_user261026",
            "2026-11-25T00:00:00Z",
            renew("foo_user261125")),
        row(
            "twice a day",
            NEW_USER,
            "foo_user261125",
            "2026-11-25T00:00:00Z",
            renew("foo_user261125")),
        row("due in place", IN_PLACE, "foo_user", "2026-11-25T00:00:00Z", renew("foo_user")),
        row(
            "from users to in place",
            IN_PLACE,
            "foo_user261101",
            "2026-12-01T00:00:00Z",
            renew("foo_user")),
        row("a shortened interval", NEW_USER, "foo_user", "2027-02-01T00:00:00Z", schedule),
        row(
            "another offset",
            NEW_USER,
            "foo_user",
            "2026-11-25T11:00:00+02:00",
            renew("foo_user261125")),
        row("a longer name is no dated one", NEVER, "foo_userbar261101", NONE, restore));
  }

  private static RotationDecision shared() {
    return new RotationDecision.Shared("foo-user");
  }

  private static Arguments row(
      String what, RotationRule rule, String user, String next, RotationDecision decision) {
    return Arguments.of(what, rule, user, next, decision);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void decides(
      String what, RotationRule rule, String user, String next, RotationDecision decision) {
    assertThat(RotationDecision.of(rule, "foo_user", secret(user, next), quiet(NOW)))
        .isEqualTo(decision);
  }

  @Test
  void creationLeavesASecretWithoutADate() {
    assertThat(
            RotationDecision.of(
                NEW_USER, "foo_user", secret("foo_user", NONE), new Moment(NOW, Cause.CREATION)))
        .isEqualTo(rest("2026-11-25T22:30:15.250Z"));
  }

  @Test
  void aNewSecretGetsItsDateAfterHalfADay() {
    RoleSecret secret = secretMade("2026-11-25T00:00:00Z");

    assertThat(RotationDecision.of(NEW_USER, "foo_user", secret, quiet(NOW)))
        .isEqualTo(rest("2026-11-25T12:00:00Z"));
    assertThat(
            RotationDecision.of(
                NEW_USER, "foo_user", secret, quiet(Instant.parse("2026-11-25T12:00:00Z"))))
        .isEqualTo(new RotationDecision.Schedule(Instant.parse("2026-12-25T12:00:00Z")));
  }

  @Test
  void aNewSecretGetsItsDateAtOnceWhenSomebodyChangesManifestOrOptions() {
    RoleSecret secret = secretMade("2026-11-25T10:00:00Z");

    assertThat(RotationDecision.of(NEW_USER, "foo_user", secret, new Moment(NOW, Cause.CHANGE)))
        .isEqualTo(new RotationDecision.Schedule(IN_30_DAYS));
  }

  @Test
  void aDateThatIsThereCountsAlsoInACreation() {
    assertThat(
            RotationDecision.of(
                IN_PLACE,
                "foo_user",
                secret("foo_user", "2026-11-25T00:00:00Z"),
                new Moment(NOW, Cause.CREATION)))
        .isEqualTo(renew("foo_user"));
  }

  @Test
  void aYearOfDaysRotatesEveryThirtyDaysAndNeverTwice() {
    RoleSecret secret = secret("foo_user", NONE);
    int renewals = 0;
    for (int hour = 0; hour < 365 * 24; hour++) {
      Instant now = NOW.plus(Duration.ofHours(hour));
      switch (RotationDecision.of(NEW_USER, "foo_user", secret, quiet(now))) {
        case RotationDecision.Schedule(var next) ->
            secret = secret(secret.username(), next.toString());
        case RotationDecision.Renew(var user, var next) -> {
          renewals++;
          secret = secret(user, next.orElseThrow().toString());
          assertThat(RotationDecision.of(NEW_USER, "foo_user", secret, quiet(now)))
              .as("what was just done is not due")
              .isInstanceOf(RotationDecision.Rest.class);
        }
        case RotationDecision.Rest(var next) -> assertThat(next).isPresent();
        case RotationDecision.Shared _ -> throw new AssertionError("shared");
      }
    }
    assertThat(renewals).isEqualTo(12);
  }
}
