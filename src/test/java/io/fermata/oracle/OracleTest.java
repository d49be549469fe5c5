package io.fermata.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fermata.model.Alert;
import io.fermata.model.AlertStatus;
import io.fermata.model.Area;
import io.fermata.model.Channel;
import io.fermata.model.Direction;
import io.fermata.model.Ids;
import io.fermata.model.Journey;
import io.fermata.model.JourneyStatus;
import io.fermata.model.Outcome;
import io.fermata.model.Severity;
import io.fermata.model.Touchpoint;
import io.fermata.model.TouchpointBuilder;
import io.fermata.rules.CalendarUnit;
import io.fermata.rules.CountWindow.Calendar;
import io.fermata.rules.CountWindow.Rolling;
import io.fermata.rules.RuleKind.Absence;
import io.fermata.rules.RuleKind.Count;
import io.fermata.rules.RuleKind.Sequence;
import io.fermata.rules.RuleKind.Single;
import io.fermata.rules.RuleKind.Streak;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The oracle against cases worked out by hand, sentence by sentence of what a rule means. */
class OracleTest {

  private static final String CUSTOMER = "customer:C-1";
  private static final long GAP = 1000;
  private static final long SETTLE = 300;
  private static final String ASKED = "type == 'asked'";
  private static final String ANSWERED = "type == 'answered'";
  private static final String SENT = "type == 'sent'";
  private static final String ASKED_OR_ANSWERED = "type == 'asked' || type == 'answered'";

  // single

  @Test
  void shouldRaiseOneAlertPerMatchWhenSingle() {
    List<Alert> alerts =
        alerts(5, single("s", null), asked("a", 1), answered("b", 2), asked("c", 3));

    assertThat(alerts).extracting(Alert::at).containsExactly(1L, 3L);
    Alert first = alerts.get(0);
    assertThat(first.id()).isEqualTo(Ids.sha256("s\ncustomer:C-1\n\na", 32));
    assertThat(first.rule()).isEqualTo("s");
    assertThat(first.ruleVersion()).hasSize(12);
    assertThat(first.status()).isEqualTo(AlertStatus.RAISED);
    assertThat(first.customer()).isEqualTo(CUSTOMER);
    assertThat(first.subject()).isEmpty();
    assertThat(first.until()).isNull();
    assertThat(first.measure()).isEqualTo(1);
    assertThat(first.threshold()).isEqualTo(1);
    assertThat(first.evidence()).containsExactly("a");
    assertThat(first.title()).containsEntry("pl", "Tytuł s");
    assertThat(first.advice()).containsEntry("en", "Advice of s");
  }

  @Test
  void shouldTakeTheMeasureFromItsExpression() {
    List<Alert> alerts =
        alerts(
            5,
            single("s", "waitSeconds"),
            at("a", 1, "asked").waitSeconds(320).build(),
            asked("b", 2));

    assertThat(alerts).extracting(Alert::measure).containsExactly(320.0, 1.0);
  }

  @Test
  void shouldReachTheHighestLevelAndItsBound() {
    RuleDraft rule =
        single("s", "waitSeconds").level(Severity.MEDIUM, 300).level(Severity.CRITICAL, 600);

    List<Alert> alerts =
        alerts(
            9,
            rule,
            at("a", 1, "asked").waitSeconds(299).build(),
            at("b", 2, "asked").waitSeconds(300).build(),
            at("c", 3, "asked").waitSeconds(600).build());

    assertThat(alerts)
        .extracting(Alert::severity)
        .containsExactly(Severity.LOW, Severity.MEDIUM, Severity.CRITICAL);
    assertThat(alerts).extracting(Alert::threshold).containsExactly(300.0, 300.0, 600.0);
  }

  @Test
  void shouldGiveAttributesByTheHighestBoundReached() {
    RuleDraft rule =
        single("s", "waitSeconds")
            .attribute("kind", Double.NEGATIVE_INFINITY, "wait")
            .attribute("chance", 1, "0.44")
            .attribute("chance", 2, "0.88");

    List<Alert> alerts =
        alerts(
            9,
            rule,
            at("a", 1, "asked").waitSeconds(0).build(),
            at("b", 2, "asked").waitSeconds(1).build(),
            at("c", 3, "asked").waitSeconds(5).build());

    assertThat(alerts)
        .extracting(Alert::attributes)
        .containsExactly(
            Map.of("kind", "wait"),
            Map.of("kind", "wait", "chance", "0.44"),
            Map.of("kind", "wait", "chance", "0.88"));
  }

  @Test
  void shouldTakeAreaAndChannelFromTheRuleElseFromTheAnchor() {
    Touchpoint touchpoint = at("a", 1, "asked").channel(Channel.SMS).area(Area.BILLING).build();

    Alert fromAnchor = alerts(2, single("s", null), touchpoint).get(0);
    Alert fromRule =
        alerts(2, single("s", null).area(Area.SALES).channel(Channel.POST), touchpoint).get(0);

    assertThat(fromAnchor.area()).isEqualTo(Area.BILLING);
    assertThat(fromAnchor.channel()).isEqualTo(Channel.SMS);
    assertThat(fromRule.area()).isEqualTo(Area.SALES);
    assertThat(fromRule.channel()).isEqualTo(Channel.POST);
  }

  @Test
  void shouldCountADuplicateOnceWhateverTheOrderOfArrival() {
    List<Alert> alerts =
        alerts(
            5,
            single("s", "waitSeconds"),
            asked("b", 2),
            at("a", 1, "asked").waitSeconds(7).build(),
            at("a", 1, "asked").waitSeconds(8).build());

    assertThat(alerts).extracting(Alert::measure).containsExactly(7.0, 1.0);
  }

  @Test
  void shouldRefuseATouchpointLaterThanTheClock() {
    assertThatThrownBy(() -> alerts(5, single("s", null), asked("a", 6)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("clock 5");
  }

  // quietFor

  @Test
  void shouldStayQuietUntilAtPlusQuietForExclusive() {
    List<Alert> alerts =
        alerts(
            500,
            single("s", null).quietFor(100),
            asked("a", 0),
            asked("b", 99),
            asked("c", 100),
            asked("d", 199),
            asked("e", 201));

    assertThat(alerts).extracting(Alert::at).containsExactly(0L, 100L, 201L);
  }

  @Test
  void shouldStayQuietPerSubject() {
    List<Alert> alerts =
        alerts(
            50,
            count(1, 5, List.of("topic"), null).quietFor(100),
            at("a", 0, "asked").topic("x").build(),
            at("b", 10, "asked").topic("y").build(),
            at("c", 20, "asked").topic("x").build());

    assertThat(alerts).extracting(Alert::subject).containsExactly("x", "y");
  }

  @Test
  void shouldKnowNullFromTheEmptyTextInTheQuietTime() {
    List<Alert> alerts =
        alerts(
            50,
            count(1, 5, List.of("topic"), null).quietFor(100),
            asked("a", 0),
            at("b", 10, "asked").topic("").build());

    assertThat(alerts).extracting(Alert::subject).containsExactly("", "");
  }

  @Test
  void shouldRaiseNothingAtAllForAnEpisodeThatBeginsInTheQuietTime() {
    // The second episode lasts from 15 to 42, beyond the end of the quiet time at 20.
    List<Alert> alerts =
        alerts(
            100,
            count(1, 10, List.of(), null).quietFor(20),
            asked("a", 0),
            asked("b", 15),
            asked("c", 22),
            asked("d", 32),
            asked("e", 43));

    assertThat(alerts).extracting(Alert::at).containsExactly(0L, 43L);
  }

  // count

  @Test
  void shouldRaiseWhenTheWindowHoldsEnough() {
    Alert alert =
        onlyAlert(12, count(3, 10, List.of(), null), asked("a", 0), asked("b", 4), asked("c", 9));

    assertThat(alert.id()).isEqualTo(Ids.alert("count", CUSTOMER, "", "c"));
    assertThat(alert.at()).isEqualTo(9);
    assertThat(alert.measure()).isEqualTo(3);
    assertThat(alert.threshold()).isEqualTo(3);
    assertThat(alert.evidence()).containsExactly("a", "b", "c");
    assertThat(alert.until()).isEqualTo(10);
    assertThat(alert.status()).isEqualTo(AlertStatus.ENDED);
  }

  @Test
  void shouldNotCountAMatchExactlyAWindowAgo() {
    assertThat(alerts(50, count(2, 10, List.of(), null), asked("a", 0), asked("b", 10))).isEmpty();
    assertThat(alerts(50, count(2, 10, List.of(), null), asked("a", 0), asked("b", 9))).hasSize(1);
  }

  @Test
  void shouldEndAnEpisodeOnceTheClockReachesItsEnd() {
    Touchpoint[] touchpoints = {asked("a", 0), asked("b", 4)};

    assertThat(onlyAlert(9, count(2, 10, List.of(), null), touchpoints).until()).isNull();
    assertThat(onlyAlert(9, count(2, 10, List.of(), null), touchpoints).status())
        .isEqualTo(AlertStatus.RAISED);
    assertThat(onlyAlert(10, count(2, 10, List.of(), null), touchpoints).until()).isEqualTo(10);
  }

  @Test
  void shouldKeepAnEpisodeUpByAMatchAtItsEnd() {
    Alert alert =
        onlyAlert(50, count(2, 10, List.of(), null), asked("a", 0), asked("b", 5), asked("c", 10));

    assertThat(alert.at()).isEqualTo(5);
    assertThat(alert.measure()).isEqualTo(2);
    assertThat(alert.until()).isEqualTo(15);
    assertThat(alert.evidence()).containsExactly("a", "b", "c");
  }

  @Test
  void shouldNotCountTheMatchAtAnEndThatItCannotKeepUp() {
    // At 10 both a and b leave, and c alone is not enough.
    Alert alert =
        onlyAlert(50, count(2, 10, List.of(), null), asked("a", 0), asked("b", 0), asked("c", 10));

    assertThat(alert.until()).isEqualTo(10);
    assertThat(alert.evidence()).containsExactly("a", "b");
  }

  @Test
  void shouldMeasureTheGreatestCount() {
    Alert alert =
        onlyAlert(
            50,
            count(2, 10, List.of(), null).level(Severity.MEDIUM, 2).level(Severity.HIGH, 3),
            asked("a", 0),
            asked("b", 3),
            asked("c", 6),
            asked("d", 12));

    assertThat(alert.measure()).isEqualTo(3);
    assertThat(alert.severity()).isEqualTo(Severity.HIGH);
    assertThat(alert.threshold()).isEqualTo(3);
    assertThat(alert.until()).isEqualTo(16);
    assertThat(alert.evidence()).containsExactly("a", "b", "c", "d");
  }

  @Test
  void shouldBeginAtTheMatchThatReachesTheBoundAmongSeveralOfOneTime() {
    Alert alert =
        onlyAlert(50, count(2, 10, List.of(), null), asked("c", 5), asked("b", 5), asked("a", 5));

    assertThat(alert.id()).isEqualTo(Ids.alert("count", CUSTOMER, "", "b"));
    assertThat(alert.measure()).isEqualTo(3);
  }

  @Test
  void shouldRaiseOneAlertPerEpisode() {
    List<Alert> alerts =
        alerts(
            100,
            count(2, 10, List.of(), null),
            asked("a", 0),
            asked("b", 1),
            asked("c", 50),
            asked("d", 51));

    assertThat(alerts).extracting(Alert::until).containsExactly(10L, 60L);
  }

  @Test
  void shouldCountWithinTheDayOfTheZone() {
    // In Warsaw 29 March begins at 23:00 UTC and has 23 hours.
    long begin = time("2026-03-28T23:00:00Z");
    RuleDraft rule = count(2, new Calendar(CalendarUnit.DAY, "Europe/Warsaw"));

    assertThat(alerts(begin + 5, rule, asked("a", begin - 1), asked("b", begin))).isEmpty();
    Alert alert =
        onlyAlert(
            begin + 2 * 86_400_000L,
            rule,
            asked("a", begin - 1),
            asked("b", begin),
            asked("c", begin + 23 * 3_600_000L - 1),
            asked("d", begin + 23 * 3_600_000L));
    assertThat(alert.at()).isEqualTo(begin + 23 * 3_600_000L - 1);
    assertThat(alert.until()).isEqualTo(begin + 23 * 3_600_000L);
    assertThat(alert.evidence()).containsExactly("b", "c");
  }

  @Test
  void shouldCountEachMatchUntilTheEndOfItsOwnDayWhenTheZoneIsTheCustomers() {
    long noon = time("2026-03-02T12:00:00Z");
    RuleDraft rule = count(2, new Calendar(CalendarUnit.DAY, "customer"));
    Touchpoint tokyo = at("a", noon, "asked").timeZone("Asia/Tokyo").build();
    Touchpoint unknown = at("b", noon + 1, "asked").timeZone("Nowhere/Land").build();
    Touchpoint newYork = at("c", noon + 2, "asked").timeZone("America/New_York").build();

    Alert alert = onlyAlert(noon + 2 * 86_400_000L, rule, tokyo, unknown, newYork);
    // Tokyo's day ends at 15:00 UTC, the unknown one at 24:00, New York's at 05:00.
    assertThat(alert.measure()).isEqualTo(3);
    assertThat(alert.until()).isEqualTo(time("2026-03-03T00:00:00Z"));
    assertThat(alert.evidence()).containsExactly("a", "b", "c");
  }

  @Test
  void shouldKeepAnEpisodeUpOverMidnightOnlyWithEnoughMatchesAtMidnight() {
    long midnight = time("2026-03-03T00:00:00Z");
    RuleDraft rule = count(2, new Calendar(CalendarUnit.DAY, "UTC"));

    Alert alert =
        onlyAlert(
            midnight + 2 * 86_400_000L,
            rule,
            asked("a", midnight - 2),
            asked("b", midnight - 1),
            asked("c", midnight),
            asked("d", midnight));
    assertThat(alert.until()).isEqualTo(midnight + 86_400_000L);
    assertThat(alert.evidence()).containsExactly("a", "b", "c", "d");
  }

  @Test
  void shouldCountWithinEqualValuesAndNullEqualsNull() {
    List<Alert> alerts =
        alerts(
            5,
            count(2, 10, List.of("topic", "channel"), null),
            at("a", 0, "asked").topic("x").build(),
            asked("b", 1),
            asked("c", 2),
            at("d", 3, "asked").topic("x").build());

    assertThat(alerts).extracting(Alert::subject).containsExactly("|VOICE", "x|VOICE");
  }

  @Test
  void shouldCountDistinctValuesWithNullAsOne() {
    Alert alert =
        onlyAlert(
            5,
            count(3, 10, List.of(), "topic"),
            at("a", 0, "asked").topic("x").build(),
            at("b", 1, "asked").topic("x").build(),
            asked("c", 2),
            asked("d", 3),
            at("e", 4, "asked").topic("y").build());

    assertThat(alert.at()).isEqualTo(4);
    assertThat(alert.measure()).isEqualTo(3);
    assertThat(alert.evidence()).containsExactly("a", "b", "c", "d", "e");
  }

  @Test
  void shouldEndADistinctEpisodeWhenTheLastOfAValueLeaves() {
    Alert alert =
        onlyAlert(
            50,
            count(2, 10, List.of(), "topic"),
            at("a", 0, "asked").topic("x").build(),
            at("b", 1, "asked").topic("y").build(),
            at("c", 5, "asked").topic("x").build());

    assertThat(alert.until()).isEqualTo(11);
  }

  @Test
  void shouldKeepTheLastFiftyAsEvidence() {
    Touchpoint[] touchpoints =
        IntStream.range(0, 60)
            .mapToObj(i -> asked("t%02d".formatted(i), i))
            .toArray(Touchpoint[]::new);

    Alert alert = onlyAlert(60, count(2, 1000, List.of(), null), touchpoints);

    assertThat(alert.measure()).isEqualTo(60);
    assertThat(alert.evidence()).hasSize(50).startsWith("t10").endsWith("t59");
  }

  // streak

  @Test
  void shouldRaiseWhenTheStreakReachesItsLength() {
    Alert alert =
        onlyAlert(
            50,
            streak(2, List.of(), false).level(Severity.MEDIUM, 2).level(Severity.HIGH, 3),
            asked("a", 0),
            sent("b", 1),
            asked("c", 2),
            asked("d", 3));

    assertThat(alert.id()).isEqualTo(Ids.alert("streak", CUSTOMER, "", "c"));
    assertThat(alert.at()).isEqualTo(2);
    assertThat(alert.measure()).isEqualTo(3);
    assertThat(alert.severity()).isEqualTo(Severity.HIGH);
    assertThat(alert.until()).isNull();
    assertThat(alert.evidence()).containsExactly("a", "c", "d");
  }

  @Test
  void shouldEndAStreakAtItsBreaker() {
    List<Alert> alerts =
        alerts(
            50,
            streak(2, List.of(), false),
            asked("a", 0),
            asked("b", 1),
            answered("c", 2),
            asked("d", 3),
            answered("e", 4),
            asked("f", 5),
            asked("g", 6));

    assertThat(alerts).extracting(Alert::at).containsExactly(1L, 6L);
    assertThat(alerts).extracting(Alert::until).containsExactly(2L, null);
    assertThat(alerts.get(0).status()).isEqualTo(AlertStatus.ENDED);
    assertThat(alerts.get(0).threshold()).isEqualTo(2);
    assertThat(alerts.get(0).evidence()).containsExactly("a", "b");
  }

  @Test
  void shouldBreakAndThenAddOneWhenATouchpointMatchesBoth() {
    RuleDraft rule =
        new RuleDraft("streak", new Streak(ASKED_OR_ANSWERED, ANSWERED, 2, List.of(), false));

    List<Alert> alerts =
        alerts(50, rule, asked("a", 0), asked("b", 1), answered("c", 2), asked("d", 3));

    assertThat(alerts).extracting(Alert::until).containsExactly(2L, null);
    assertThat(alerts.get(0).evidence()).containsExactly("a", "b");
    assertThat(alerts.get(1).at()).isEqualTo(3);
    assertThat(alerts.get(1).evidence()).containsExactly("c", "d");
  }

  @Test
  void shouldBreakOnlyTheStreakOfEqualValues() {
    List<Alert> alerts =
        alerts(
            50,
            streak(2, List.of("topic"), false),
            at("a", 0, "asked").topic("x").build(),
            answered("b", 1),
            at("c", 2, "asked").topic("x").build());

    assertThat(alerts).extracting(Alert::subject).containsExactly("x");
  }

  @Test
  void shouldRaiseAtTheBreakerWhenToldSo() {
    List<Alert> alerts =
        alerts(
            50,
            streak(2, List.of(), true),
            asked("a", 0),
            asked("b", 1),
            asked("c", 2),
            answered("d", 4),
            asked("e", 5),
            answered("f", 6),
            asked("g", 7),
            asked("h", 8));

    assertThat(alerts).hasSize(1);
    Alert alert = alerts.get(0);
    assertThat(alert.id()).isEqualTo(Ids.alert("streak", CUSTOMER, "", "d"));
    assertThat(alert.at()).isEqualTo(4);
    assertThat(alert.until()).isNull();
    assertThat(alert.status()).isEqualTo(AlertStatus.RAISED);
    assertThat(alert.measure()).isEqualTo(3);
    assertThat(alert.threshold()).isEqualTo(2);
    assertThat(alert.evidence()).containsExactly("a", "b", "c", "d");
  }

  @Test
  void shouldRaiseNothingForAStreakThatReachesItsLengthInTheQuietTime() {
    List<Alert> alerts =
        alerts(
            50,
            streak(1, List.of(), false).quietFor(10),
            asked("a", 0),
            answered("b", 1),
            asked("c", 9),
            asked("d", 12),
            answered("e", 13),
            asked("f", 14));

    assertThat(alerts).extracting(Alert::at).containsExactly(0L, 14L);
  }

  // sequence

  @Test
  void shouldRaiseWhenOneFollowsTheOtherInTime() {
    List<Alert> alerts =
        alerts(
            50,
            sequence(10, List.of(), null),
            asked("a", 0),
            asked("b", 2),
            answered("c", 12),
            answered("d", 13));

    assertThat(alerts).hasSize(1);
    Alert alert = alerts.get(0);
    assertThat(alert.id()).isEqualTo(Ids.alert("sequence", CUSTOMER, "", "c"));
    assertThat(alert.at()).isEqualTo(12);
    assertThat(alert.measure()).isEqualTo(0.01);
    assertThat(alert.threshold()).isEqualTo(0.01);
    assertThat(alert.evidence()).containsExactly("b", "c");
    assertThat(alert.until()).isNull();
  }

  @Test
  void shouldNotFollowItself() {
    RuleDraft rule =
        new RuleDraft(
            "sequence",
            new Sequence(ASKED, List.of(ASKED_OR_ANSWERED), 10L, null, List.of(), null));

    List<Alert> alerts = alerts(50, rule, asked("b", 0), asked("a", 0), asked("c", 5));

    assertThat(alerts)
        .extracting(Alert::evidence)
        .containsExactly(List.of("a", "b"), List.of("b", "c"));
  }

  @Test
  void shouldNotRaiseWhenPreventedBetween() {
    assertThat(
            alerts(
                50, sequence(10, List.of(), SENT), asked("a", 0), sent("b", 1), answered("c", 2)))
        .isEmpty();
    assertThat(
            alerts(
                50,
                sequence(10, List.of(), SENT),
                sent("0", 0),
                asked("a", 0),
                answered("c", 2),
                sent("d", 2)))
        .hasSize(1);
  }

  @Test
  void shouldFollowWithinEqualValues() {
    List<Alert> alerts =
        alerts(
            50,
            sequence(10, List.of("topic"), SENT),
            at("a", 0, "asked").topic("x").build(),
            asked("b", 1),
            sent("c", 2),
            at("d", 3, "answered").topic("x").build(),
            answered("e", 4));

    assertThat(alerts).extracting(Alert::evidence).containsExactly(List.of("a", "d"));
  }

  // absence

  @Test
  void shouldRaiseOnceTheClockHasPassedTheDeadline() {
    assertThat(alerts(10, absence(10, List.of()), asked("a", 0))).isEmpty();

    Alert alert = onlyAlert(11, absence(10, List.of()), asked("a", 0));

    assertThat(alert.id()).isEqualTo(Ids.alert("absence", CUSTOMER, "", "a"));
    assertThat(alert.at()).isEqualTo(10);
    assertThat(alert.measure()).isZero();
    assertThat(alert.threshold()).isZero();
    assertThat(alert.evidence()).containsExactly("a");
    assertThat(alert.status()).isEqualTo(AlertStatus.RAISED);
  }

  @Test
  void shouldAcceptAnAnswerAtTheDeadlineForEveryoneWaiting() {
    assertThat(alerts(50, absence(10, List.of()), asked("a", 0), asked("b", 3), answered("c", 10)))
        .isEmpty();
  }

  @Test
  void shouldEndWhenTheAnswerComesLate() {
    Alert alert =
        onlyAlert(
            5000,
            absence(10, List.of()).level(Severity.MEDIUM, 0).level(Severity.HIGH, 1.5),
            asked("a", 0),
            answered("b", 1510),
            answered("c", 1600));

    assertThat(alert.status()).isEqualTo(AlertStatus.ENDED);
    assertThat(alert.until()).isEqualTo(1510);
    assertThat(alert.measure()).isEqualTo(1.5);
    assertThat(alert.severity()).isEqualTo(Severity.HIGH);
    assertThat(alert.evidence()).containsExactly("a", "b");
  }

  @Test
  void shouldWaitForWhatComesLaterInTheOrder() {
    RuleDraft rule = new RuleDraft("absence", new Absence(ASKED, ANSWERED, 0L, null, List.of()));

    assertThat(alerts(50, rule, answered("a", 5), asked("b", 5))).hasSize(1);
    assertThat(alerts(50, rule, answered("b", 5), asked("a", 5))).isEmpty();
  }

  @Test
  void shouldWaitUntilTheTimeGiven() {
    RuleDraft rule =
        new RuleDraft("absence", new Absence(ASKED, ANSWERED, null, "dueAt", List.of()));

    List<Alert> alerts =
        alerts(
            50,
            rule,
            asked("a", 10),
            at("b", 11, "asked").dueAt(5L).build(),
            at("c", 12, "asked").dueAt(20L).build());

    assertThat(alerts).extracting(Alert::at).containsExactly(11L, 20L);
    assertThat(alerts).extracting(Alert::evidence).containsExactly(List.of("b"), List.of("c"));
  }

  @Test
  void shouldBeAnsweredOnlyWithinEqualValues() {
    List<Alert> alerts =
        alerts(
            50,
            absence(10, List.of("topic")),
            at("a", 0, "asked").topic("x").build(),
            asked("b", 1),
            answered("c", 2));

    assertThat(alerts).extracting(Alert::subject).containsExactly("x");
  }

  @Test
  void shouldForgetAnAbsenceThatFallsDueInTheQuietTime() {
    List<Alert> alerts =
        alerts(
            50,
            absence(10, List.of()).quietFor(5),
            asked("b", 0),
            asked("a", 0),
            asked("c", 4),
            asked("d", 5),
            answered("e", 30));

    assertThat(alerts)
        .extracting(Alert::evidence)
        .containsExactly(List.of("a", "e"), List.of("d", "e"));
  }

  // experiences

  @Test
  void shouldMakeAnExperienceOfEveryRaise() {
    RuleDraft bad = single("s-bad", null).area(Area.SERVICE);
    RuleDraft onBad =
        new RuleDraft(
                "p", new Count("type == 'experience.bad'", 2, new Rolling(100), List.of(), null))
            .onExperiences();

    List<Alert> alerts = alerts(50, List.of(bad, onBad), asked("a", 0), asked("b", 7));

    Alert alert = byRule(alerts, "p").get(0);
    String first = Ids.alert("s-bad", CUSTOMER, "", "a");
    String second = Ids.alert("s-bad", CUSTOMER, "", "b");
    assertThat(alert.at()).isEqualTo(7);
    assertThat(alert.evidence()).containsExactly(first, second);
    assertThat(alert.id()).isEqualTo(Ids.alert("p", CUSTOMER, "", second));
    assertThat(alert.area()).isEqualTo(Area.SERVICE);
    assertThat(alert.channel()).isEqualTo(Channel.VOICE);
  }

  @Test
  void shouldMakeNoExperienceOfWhatIsRaisedOnExperiences() {
    RuleDraft onAll = new RuleDraft("p", new Single("true", null)).onExperiences();

    assertThat(byRule(alerts(50, List.of(single("s", null), onAll), asked("a", 0)), "p"))
        .hasSize(1);
    assertThat(alerts(50, onAll, asked("a", 0))).isEmpty();
  }

  @Test
  void shouldCarryTheSeverityOfTheMomentOfTheRaise() {
    RuleDraft count = count(1, 100, List.of(), null).level(Severity.LOW, 1).level(Severity.HIGH, 2);
    RuleDraft onLow =
        new RuleDraft(
                "p", new Single("type == 'experience.bad' && attributes.severity == 'LOW'", null))
            .onExperiences();

    List<Alert> alerts = alerts(50, List.of(count, onLow), asked("a", 0), asked("b", 1));

    assertThat(byRule(alerts, "count")).extracting(Alert::severity).containsExactly(Severity.HIGH);
    assertThat(byRule(alerts, "p")).hasSize(1);
  }

  @Test
  void shouldTakeTheDeadlineOfASequenceFromItsFirst() {
    RuleDraft kept =
        new RuleDraft(
            "kept", new Sequence(ASKED, List.of(ANSWERED), null, "dueAt", List.of(), null));
    Touchpoint inTime = asked("a", 0).toBuilder().dueAt(10L).build();
    Touchpoint noDeadline = asked("b", 5);
    Touchpoint overdue = asked("f", 20).toBuilder().dueAt(19L).build();

    List<Alert> alerts =
        alerts(
            50,
            List.of(kept),
            inTime,
            noDeadline,
            answered("d", 10),
            answered("e", 11),
            overdue,
            answered("g", 20));

    assertThat(alerts).hasSize(1);
    assertThat(alerts.get(0).evidence()).containsExactly("a", "d");
    assertThat(alerts.get(0).measure()).isEqualTo(0.010);
    assertThat(alerts.get(0).threshold()).isZero();
  }

  @Test
  void shouldWaitForAllConditionsOfASequenceInAnyOrderAndRaiseOnceForAFirst() {
    RuleDraft all =
        new RuleDraft(
            "all", new Sequence(ASKED, List.of(ANSWERED, SENT), 10L, null, List.of(), null));

    List<Alert> alerts =
        alerts(
            50,
            List.of(all),
            answered("a", 0),
            asked("b", 1),
            sent("c", 2),
            sent("d", 3),
            answered("e", 11),
            sent("f", 11),
            asked("g", 20),
            answered("h", 25),
            sent("i", 31));

    assertThat(alerts).hasSize(1);
    assertThat(alerts.get(0).evidence()).containsExactly("b", "c", "e");
    assertThat(alerts.get(0).id()).isEqualTo(Ids.alert("all", CUSTOMER, "", "e"));
  }

  @Test
  void shouldOrderExperiencesOfOneCauseByRule() {
    RuleDraft good = single("b-good", null).good();
    RuleDraft bad = single("c-bad", null);
    RuleDraft onBoth =
        new RuleDraft(
                "p",
                new Sequence(
                    "type == 'experience.good'",
                    List.of("type == 'experience.bad'"),
                    10L,
                    null,
                    List.of(),
                    null))
            .onExperiences();

    List<Alert> alerts = alerts(50, List.of(bad, good, onBoth), asked("a", 0));

    assertThat(byRule(alerts, "p").get(0).measure()).isZero();
  }

  @Test
  void shouldPutAnExperienceDirectlyAfterItsCauseAndADeadlineAfterAllTouchpointsOfItsTime() {
    // At 10: the experiences of z (single), then of the deadline of a; so b-absence comes last.
    RuleDraft absence =
        new RuleDraft("b-absence", new Absence(ASKED, ANSWERED, 10L, null, List.of()));
    RuleDraft single = new RuleDraft("c-single", new Single(SENT, null)).good();
    RuleDraft onBoth =
        new RuleDraft(
                "p",
                new Sequence(
                    "type == 'experience.good'",
                    List.of("type == 'experience.bad'"),
                    10L,
                    null,
                    List.of(),
                    null))
            .onExperiences();

    List<Alert> alerts = alerts(50, List.of(absence, single, onBoth), asked("a", 0), sent("z", 10));

    assertThat(byRule(alerts, "p").get(0).evidence())
        .containsExactly(
            Ids.alert("c-single", CUSTOMER, "", "z"), Ids.alert("b-absence", CUSTOMER, "", "a"));
  }

  @Test
  void shouldMakeNoExperienceInTheQuietTime() {
    RuleDraft onAll = new RuleDraft("p", new Single("true", null)).onExperiences();

    List<Alert> alerts =
        alerts(50, List.of(single("s", null).quietFor(10), onAll), asked("a", 0), asked("b", 9));

    assertThat(byRule(alerts, "p")).extracting(Alert::at).containsExactly(0L);
  }

  @Test
  void shouldTakeAnExperienceThatFallsDueAtADeadlineAsInTime() {
    RuleDraft late =
        new RuleDraft("z-late", new Absence(ASKED, ANSWERED, 10L, null, List.of())).good();
    RuleDraft bad = single("s", null);
    RuleDraft onBoth =
        new RuleDraft(
                "p",
                new Absence(
                    "type == 'experience.bad'", "type == 'experience.good'", 10L, null, List.of()))
            .onExperiences();

    assertThat(byRule(alerts(50, List.of(late, bad, onBoth), asked("a", 0)), "p")).isEmpty();
    assertThat(byRule(alerts(50, List.of(bad, onBoth), asked("a", 0)), "p")).hasSize(1);
  }

  @Test
  void shouldKeepAnEpisodeUpByAnExperienceThatFallsDueAtItsEnd() {
    RuleDraft single = single("a", null);
    RuleDraft absence = new RuleDraft("b", new Absence(ASKED, ANSWERED, 10L, null, List.of()));
    RuleDraft count =
        new RuleDraft("p", new Count("true", 1, new Rolling(10), List.of(), null)).onExperiences();
    List<RuleDraft> rules = List.of(single, absence, count);

    assertThat(byRule(alerts(10, rules, asked("x", 0)), "p").get(0).until()).isNull();
    assertThat(byRule(alerts(50, rules, asked("x", 0)), "p"))
        .extracting(Alert::until)
        .containsExactly(20L);
    assertThat(byRule(alerts(11, List.of(single, count), asked("x", 0)), "p").get(0).until())
        .isEqualTo(10);
  }

  // journeys

  @Test
  void shouldAddUpAJourney() {
    Journey journey =
        onlyJourney(
            500,
            at("a", 0, "contact.ended")
                .direction(Direction.INBOUND)
                .waitSeconds(60)
                .handleSeconds(5)
                .transfers(1)
                .cost(1.5)
                .outcome(Outcome.UNRESOLVED)
                .build(),
            at("b", 10, "sent").channel(Channel.SMS).direction(Direction.OUTBOUND).build(),
            at("c", 20, "contact.ended")
                .direction(Direction.INBOUND)
                .waitSeconds(90)
                .cost(0.5)
                .build());

    assertThat(journey)
        .isEqualTo(
            new Journey(
                Ids.sha256("journey\ncustomer:C-1\ngeneral\na", 32),
                CUSTOMER,
                "general",
                JourneyStatus.OPEN,
                0,
                20,
                null,
                List.of(Channel.VOICE, Channel.SMS),
                3,
                2,
                1,
                150,
                5,
                2,
                1,
                0,
                0,
                1 + 1 + 2 + 1 + 0.5,
                2.0,
                Outcome.UNRESOLVED));
  }

  @Test
  void shouldBoundTheEffortOfAJourney() {
    Journey none = onlyJourney(5, at("a", 0, "sent").direction(Direction.OUTBOUND).build());
    Journey much = onlyJourney(5, at("a", 0, "asked").waitSeconds(99999).build());

    assertThat(none.effort()).isEqualTo(1);
    assertThat(much.effort()).isEqualTo(7);
  }

  @Test
  void shouldFollowTheCaseElseTheTopicElseGeneral() {
    List<Journey> journeys =
        journeys(
            9,
            List.of(),
            at("a", 0, "asked").caseId("k").topic("x").build(),
            at("b", 1, "asked").topic("x").build(),
            asked("c", 2));

    assertThat(journeys).extracting(Journey::subject).containsExactly("k", "x", "general");
  }

  @Test
  void shouldContinueAtTheGapAndLapseBeyondIt() {
    assertThat(journeys(GAP, List.of(), asked("a", 0), asked("b", GAP))).hasSize(1);
    assertThat(onlyJourney(GAP, asked("a", 0)).status()).isEqualTo(JourneyStatus.OPEN);

    Journey lapsed = onlyJourney(GAP + 1, asked("a", 0));
    assertThat(lapsed.status()).isEqualTo(JourneyStatus.LAPSED);
    assertThat(lapsed.closedAt()).isEqualTo(GAP);

    List<Journey> two = journeys(GAP + 1, List.of(), asked("a", 0), asked("b", GAP + 1));
    assertThat(two)
        .extracting(Journey::status)
        .containsExactly(JourneyStatus.LAPSED, JourneyStatus.OPEN);
  }

  @Test
  void shouldCompleteWhenAResolutionSettles() {
    Touchpoint resolved = at("a", 0, "contact.ended").outcome(Outcome.RESOLVED).build();

    assertThat(onlyJourney(SETTLE, resolved).status()).isEqualTo(JourneyStatus.OPEN);
    Journey completed = onlyJourney(SETTLE + 1, resolved);
    assertThat(completed.status()).isEqualTo(JourneyStatus.COMPLETED);
    assertThat(completed.closedAt()).isZero();

    assertThat(journeys(SETTLE, List.of(), resolved, asked("b", SETTLE))).hasSize(1);
    assertThat(journeys(SETTLE + 1, List.of(), resolved, asked("b", SETTLE + 1))).hasSize(2);
    assertThat(onlyJourney(SETTLE + 5, resolved, asked("b", 1)).status())
        .isEqualTo(JourneyStatus.OPEN);
  }

  @Test
  void shouldEndAtOnceWhenATaskIsCompletedOrAbandoned() {
    List<Journey> journeys =
        journeys(
            9,
            List.of(),
            asked("a", 0),
            at("b", 1, "task.completed").build(),
            at("c", 1, "task.abandoned").build(),
            asked("d", 1));

    assertThat(journeys)
        .extracting(Journey::status)
        .containsExactly(JourneyStatus.COMPLETED, JourneyStatus.ABANDONED, JourneyStatus.OPEN);
    assertThat(journeys).extracting(Journey::closedAt).containsExactly(1L, 1L, null);
  }

  @Test
  void shouldCountTheExperiencesAJourneyCausedWhileOpen() {
    RuleDraft good = new RuleDraft("g", new Single("type == 'task.completed'", null)).good();
    RuleDraft absence = absence(10, List.of());
    RuleDraft onAll = new RuleDraft("p", new Single("true", null)).onExperiences();

    List<Journey> journeys =
        journeys(
            90,
            List.of(good, absence, onAll),
            asked("a", 0),
            asked("b", 20),
            at("c", 29, "task.completed").build());

    // The absence of a falls due at 10, that of b at 30, when the journey is over.
    assertThat(journeys).extracting(Journey::bad).containsExactly(1);
    assertThat(journeys).extracting(Journey::good).containsExactly(1);
  }

  @Test
  void shouldCountALateRaiseForTheJourneyThatIsOpenThen() {
    List<Journey> journeys =
        journeys(
            90,
            List.of(absence(10, List.of())),
            asked("a", 0),
            at("b", 5, "task.completed").build(),
            sent("c", 7));

    assertThat(journeys).extracting(Journey::bad).containsExactly(0, 1);
  }

  @Test
  void shouldRaiseBeforeAJourneyClosesAtADeadline() {
    assertThat(onlyJourney(GAP + 5, List.of(absence(GAP, List.of())), asked("a", 0)).bad())
        .isEqualTo(1);
    assertThat(onlyJourney(GAP + 5, List.of(absence(GAP + 1, List.of())), asked("a", 0)).bad())
        .isZero();
  }

  @Test
  void shouldNotCountAnExperienceDueAtTheTimeOfTheEnd() {
    assertThat(
            onlyJourney(
                    90,
                    List.of(absence(10, List.of())),
                    asked("a", 0),
                    at("c", 10, "task.completed").build())
                .bad())
        .isZero();
  }

  private static RuleDraft single(String id, String measure) {
    return new RuleDraft(id, new Single(ASKED, measure));
  }

  private static RuleDraft count(int atLeast, long within, List<String> per, String distinct) {
    return new RuleDraft("count", new Count(ASKED, atLeast, new Rolling(within), per, distinct));
  }

  private static RuleDraft count(int atLeast, Calendar within) {
    return new RuleDraft("count", new Count(ASKED, atLeast, within, List.of(), null));
  }

  private static long time(String iso) {
    return Instant.parse(iso).toEpochMilli();
  }

  private static RuleDraft streak(int atLeast, List<String> per, boolean raiseOnBreak) {
    return new RuleDraft("streak", new Streak(ASKED, ANSWERED, atLeast, per, raiseOnBreak));
  }

  private static RuleDraft sequence(long within, List<String> same, String unless) {
    return new RuleDraft(
        "sequence", new Sequence(ASKED, List.of(ANSWERED), within, null, same, unless));
  }

  private static RuleDraft absence(long within, List<String> same) {
    return new RuleDraft("absence", new Absence(ASKED, ANSWERED, within, null, same));
  }

  private static Touchpoint asked(String id, long time) {
    return at(id, time, "asked").build();
  }

  private static Touchpoint answered(String id, long time) {
    return at(id, time, "answered").build();
  }

  private static Touchpoint sent(String id, long time) {
    return at(id, time, "sent").build();
  }

  private static TouchpointBuilder at(String id, long time, String type) {
    return Touchpoint.builder()
        .id(id)
        .occurredAt(time)
        .identifier("customer", "C-1")
        .channel(Channel.VOICE)
        .direction(Direction.INBOUND)
        .type(type);
  }

  private static OracleViews views(long clock, List<RuleDraft> rules, Touchpoint... touchpoints) {
    List<OracleRule> oracleRules = new ArrayList<>();
    rules.forEach(rule -> oracleRules.add(new OracleRule(rule.build(), Vocabulary::valueOf)));
    return Oracle.views(oracleRules, CUSTOMER, Arrays.asList(touchpoints), clock, GAP, SETTLE);
  }

  /** By time of the raise. */
  private static List<Alert> alerts(long clock, List<RuleDraft> rules, Touchpoint... touchpoints) {
    return views(clock, rules, touchpoints).alerts().values().stream()
        .sorted(Comparator.comparingLong(Alert::at))
        .toList();
  }

  private static List<Alert> alerts(long clock, RuleDraft rule, Touchpoint... touchpoints) {
    return alerts(clock, List.of(rule), touchpoints);
  }

  private static Alert onlyAlert(long clock, RuleDraft rule, Touchpoint... touchpoints) {
    List<Alert> alerts = alerts(clock, rule, touchpoints);
    assertThat(alerts).hasSize(1);
    return alerts.get(0);
  }

  private static List<Alert> byRule(List<Alert> alerts, String rule) {
    return alerts.stream().filter(alert -> alert.rule().equals(rule)).toList();
  }

  /** By time of opening. */
  private static List<Journey> journeys(
      long clock, List<RuleDraft> rules, Touchpoint... touchpoints) {
    return views(clock, rules, touchpoints).journeys().values().stream()
        .sorted(Comparator.comparingLong(Journey::openedAt))
        .toList();
  }

  private static Journey onlyJourney(long clock, List<RuleDraft> rules, Touchpoint... touchpoints) {
    List<Journey> journeys = journeys(clock, rules, touchpoints);
    assertThat(journeys).hasSize(1);
    return journeys.get(0);
  }

  private static Journey onlyJourney(long clock, Touchpoint... touchpoints) {
    return onlyJourney(clock, List.of(), touchpoints);
  }
}
