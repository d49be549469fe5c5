package io.fermata.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.fermata.identity.IdentitySettings;
import io.fermata.journey.Reservations;
import io.fermata.model.Channel;
import io.fermata.model.ContactDecision;
import io.fermata.model.ContactDecision.Reason;
import io.fermata.model.ContactDecision.Verdict;
import io.fermata.model.CustomerKeys;
import io.fermata.model.Direction;
import io.fermata.model.Identifier;
import io.fermata.model.Purpose;
import io.fermata.model.ReservationAnswer;
import io.fermata.model.Touchpoint;
import io.fermata.model.TouchpointBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Permissions that are held: given out in order, and no more of them than the rules allow. */
class ReservationTest extends PipelineTest {

  private static final int CAP = 3;
  private static final String COOKIE = "cookie:k-1";

  /** An alert at the fourth message of a day: three may be sent. */
  private static final String RULES =
      """
      rules:
        - id: flood
          title: {en: Flood}
          pillar: EXPECTATIONS
          severity: LOW
          count: {where: "type == 'message.sent' && purpose == 'MARKETING'", atLeast: 4, within: P1D}
      """;

  private static TestSetup capped() {
    return live()
        .rules(rules(RULES))
        .identity(new IdentitySettings(new CustomerKeys(CustomerKeys.DEFAULT_ORDER), Set.of(), 20));
  }

  private static TouchpointBuilder message(String id, long after) {
    return touchpoint(id, "message.sent", after)
        .channel(Channel.EMAIL)
        .direction(Direction.OUTBOUND)
        .purpose(Purpose.MARKETING);
  }

  private static Touchpoint reserved(String id, long after, String requestId) {
    return message(id, after).attributes(Map.of("reservation", requestId)).build();
  }

  private static Touchpoint together(String id, long after) {
    return touchpoint(id, "page.viewed", after)
        .identifiers(List.of(new Identifier("customer", "C-1"), new Identifier("cookie", "k-1")))
        .build();
  }

  private static ReservationAnswer ask(TestPipeline pipeline, String requestId, String name) {
    pipeline.reserve(requestId, name, Channel.EMAIL, START);
    List<ReservationAnswer> answers = pipeline.answers();
    assertThat(answers).hasSize(1);
    assertThat(answers.get(0).requestId()).isEqualTo(requestId);
    return answers.get(0);
  }

  private static Verdict verdict(TestPipeline pipeline, String requestId) {
    return ask(pipeline, requestId, CUSTOMER).decision().verdict();
  }

  @Test
  void shouldGiveOutAsManyAsTheRulesAllowAndSayWhatIsInTheWayOfMore() {
    TestPipeline pipeline = open(capped());
    for (int i = 0; i < CAP; i++) {
      ReservationAnswer answer = ask(pipeline, "r" + i, CUSTOMER);
      assertThat(answer.decision())
          .isEqualTo(
              new ContactDecision(CUSTOMER, Channel.EMAIL, START, Verdict.ALLOW, null, List.of()));
      assertThat(answer.expiresAt()).isEqualTo(START + TestPipeline.HOLD_MILLIS);
    }
    ReservationAnswer refused = ask(pipeline, "r3", CUSTOMER);
    assertThat(refused.expiresAt()).isNull();
    assertThat(refused.decision().verdict()).isEqualTo(Verdict.DEFER);
    assertThat(refused.decision().until()).isEqualTo(START + DAY);
    Reason reason = refused.decision().reasons().get(0);
    assertThat(reason.rule()).isEqualTo("flood");
    assertThat(reason.version()).hasSize(12);
    assertThat(reason.counted())
        .containsExactly("reservation:r0", "reservation:r1", "reservation:r2");
    Ledger ledger = pipeline.journeyLedger();
    assertThat(ledger.count(Ledger.Reserving.ASKED)).isEqualTo(4);
    assertThat(ledger.count(Ledger.Reserving.GRANTED)).isEqualTo(3);
  }

  @Test
  void shouldChangeNoViewAndCountNoTouchpoint() {
    TestPipeline pipeline = open(capped());
    pipeline.arrives(message("m1", 0).build());
    pipeline.guidance();
    pipeline.journeys();

    assertThat(verdict(pipeline, "r1")).isEqualTo(Verdict.ALLOW);

    assertThat(pipeline.guidance()).isEmpty();
    assertThat(pipeline.journeys()).isEmpty();
    assertThat(pipeline.alerts()).isEmpty();
    assertLedgers(pipeline, 1, 1, 0);
  }

  @Test
  void shouldTellTheSamePermissionAgainWhenAskedAgain() {
    TestPipeline pipeline = open(capped());
    ReservationAnswer first = ask(pipeline, "r1", CUSTOMER);
    pipeline.advance(Duration.ofMinutes(5));
    for (int i = 0; i < 5; i++) {
      assertThat(ask(pipeline, "r1", CUSTOMER)).isEqualTo(first);
    }
    assertThat(pipeline.journeyLedger().count(Ledger.Reserving.REPEATED)).isEqualTo(5);
    assertThat(verdict(pipeline, "r2")).isEqualTo(Verdict.ALLOW);
    assertThat(verdict(pipeline, "r3")).isEqualTo(Verdict.ALLOW);
    assertThat(verdict(pipeline, "r4")).isEqualTo(Verdict.DEFER);
  }

  @Test
  void shouldGiveOutAgainWhatHasExpiredAndLeaveNothingBehind() {
    TestPipeline pipeline = open(capped());
    IntStream.range(0, CAP).forEach(i -> ask(pipeline, "r" + i, CUSTOMER));
    pipeline.advance(Duration.ofMillis(TestPipeline.HOLD_MILLIS - 1));
    assertThat(verdict(pipeline, "early")).isEqualTo(Verdict.DEFER);
    assertThat(pipeline.reservationEntries()).isPositive();

    pipeline.advance(A_MOMENT);

    assertThat(pipeline.reservationEntries()).isZero();
    assertThat(pipeline.journeyLedger().count(Ledger.Reserving.EXPIRED)).isEqualTo(CAP);
    assertThat(verdict(pipeline, "late")).isEqualTo(Verdict.ALLOW);
  }

  @Test
  void shouldCountAMessageOnceWhenItNamesItsReservation() {
    TestPipeline pipeline = open(capped());
    assertThat(verdict(pipeline, "r1")).isEqualTo(Verdict.ALLOW);
    pipeline.arrives(reserved("m1", SECOND, "r1"));
    assertThat(verdict(pipeline, "r2")).isEqualTo(Verdict.ALLOW);
    assertThat(verdict(pipeline, "r1")).as("asked again").isEqualTo(Verdict.ALLOW);
    assertThat(verdict(pipeline, "r3")).isEqualTo(Verdict.ALLOW);
    assertThat(verdict(pipeline, "r4")).isEqualTo(Verdict.DEFER);
    assertThat(pipeline.journeyLedger().count(Ledger.Reserving.USED)).isEqualTo(1);
  }

  @Test
  void shouldCountAMessageBesideAReservationThatItDoesNotName() {
    TestPipeline pipeline = open(capped());
    assertThat(verdict(pipeline, "r1")).isEqualTo(Verdict.ALLOW);
    pipeline.arrives(message("m1", SECOND).build());
    assertThat(verdict(pipeline, "r2")).isEqualTo(Verdict.ALLOW);
    assertThat(verdict(pipeline, "r3")).isEqualTo(Verdict.DEFER);
  }

  @Test
  void shouldKeepWhatIsHeldOverARestartAndALateTouchpoint() {
    TestPipeline before = open(capped());
    before.arrives(touchpoint("t2", "page.viewed", HOUR).build());
    assertThat(verdict(before, "r1")).isEqualTo(Verdict.ALLOW);
    assertThat(verdict(before, "r2")).isEqualTo(Verdict.ALLOW);
    TestPipeline pipeline = restart(before, capped());
    pipeline.arrives(touchpoint("t1", "page.viewed", -HOUR).build());
    assertThat(verdict(pipeline, "r2")).isEqualTo(Verdict.ALLOW);
    assertThat(verdict(pipeline, "r3")).isEqualTo(Verdict.ALLOW);
    assertThat(verdict(pipeline, "r4")).isEqualTo(Verdict.DEFER);
  }

  @Test
  void shouldDecideForTheCustomerThatANameBelongsTo() {
    TestPipeline pipeline = open(capped());
    pipeline.arrives(together("t1", -HOUR));
    for (int i = 0; i < CAP; i++) {
      String name = i % 2 == 0 ? COOKIE : CUSTOMER;
      ReservationAnswer answer = ask(pipeline, "r" + i, name);
      assertThat(answer.decision().customer()).isEqualTo(CUSTOMER);
      assertThat(answer.decision().verdict()).isEqualTo(Verdict.ALLOW);
    }
    assertThat(ask(pipeline, "r9", COOKIE).decision().verdict()).isEqualTo(Verdict.DEFER);
    assertThat(ask(pipeline, "r1", COOKIE).decision().verdict())
        .as("asked again by another name")
        .isEqualTo(Verdict.ALLOW);
  }

  @Test
  void shouldTakeAlongWhatIsHeldWhenANameTurnsOutToBeACustomers() {
    TestPipeline pipeline = open(capped());
    ReservationAnswer held = ask(pipeline, "r1", COOKIE);
    assertThat(held.decision().customer()).isEqualTo(COOKIE);
    pipeline.arrives(together("t1", -HOUR));
    assertThat(verdict(pipeline, "r2")).isEqualTo(Verdict.ALLOW);
    assertThat(verdict(pipeline, "r3")).isEqualTo(Verdict.ALLOW);
    assertThat(verdict(pipeline, "r4")).isEqualTo(Verdict.DEFER);
    ReservationAnswer again = ask(pipeline, "r1", COOKIE);
    assertThat(again.decision().verdict()).isEqualTo(Verdict.ALLOW);
    assertThat(again.decision().customer()).isEqualTo(CUSTOMER);
    assertThat(again.expiresAt()).isEqualTo(held.expiresAt());
    pipeline.advance(Duration.ofMillis(TestPipeline.HOLD_MILLIS + 1));
    assertThat(pipeline.reservationEntries()).isZero();
  }

  @Test
  void shouldCountAMessageOnceWhenItCameUnderAnotherNameThanItsReservation() {
    TestPipeline pipeline = open(capped());
    assertThat(ask(pipeline, "r1", COOKIE).decision().verdict()).isEqualTo(Verdict.ALLOW);
    pipeline.arrives(reserved("m1", SECOND, "r1"));
    pipeline.arrives(together("t1", -HOUR));
    assertThat(verdict(pipeline, "r2")).isEqualTo(Verdict.ALLOW);
    assertThat(verdict(pipeline, "r3")).isEqualTo(Verdict.ALLOW);
    assertThat(verdict(pipeline, "r4")).isEqualTo(Verdict.DEFER);
  }

  @Test
  void shouldNotTakeAwayAPermissionForLater() {
    TestPipeline pipeline = open(capped());
    for (int i = 0; i < CAP; i++) {
      pipeline.reserve("later" + i, CUSTOMER, Channel.EMAIL, START + 10 * HOUR);
    }
    assertThat(pipeline.answers())
        .allMatch(answer -> answer.decision().verdict() == Verdict.ALLOW)
        .allMatch(a -> a.expiresAt() == START + 10 * HOUR + TestPipeline.HOLD_MILLIS);
    ContactDecision now = ask(pipeline, "now", CUSTOMER).decision();
    assertThat(now.verdict()).isEqualTo(Verdict.DEFER);
    assertThat(now.reasons())
        .containsExactly(new Reason(ContactDecision.RESERVED, null, List.of("reservation:later2")));
    pipeline.reserve("long-before", CUSTOMER, Channel.EMAIL, START - 15 * HOUR);
    assertThat(pipeline.answers().get(0).decision().verdict())
        .as("a day before the last of them")
        .isEqualTo(Verdict.ALLOW);
  }

  @Test
  void shouldHoldOnlySoManyAtATime() {
    TestPipeline pipeline = open(live().rules(rules(PipelineTest.RULES)));
    for (int i = 0; i < Reservations.MOST; i++) {
      pipeline.reserve("r" + i, CUSTOMER, Channel.EMAIL, START);
    }
    assertThat(pipeline.answers())
        .hasSize(Reservations.MOST)
        .allMatch(answer -> answer.decision().verdict() == Verdict.ALLOW);
    ContactDecision more = ask(pipeline, "more", CUSTOMER).decision();
    assertThat(more.verdict()).isEqualTo(Verdict.DEFER);
    assertThat(more.until()).isEqualTo(START + TestPipeline.HOLD_MILLIS);
    assertThat(more.reasons())
        .extracting(Reason::rule)
        .containsExactly(ContactDecision.TOO_MANY_RESERVED);
  }

  @Test
  void shouldTellTheChannelOfThePermissionThatIsHeldUnderTheId() {
    TestPipeline pipeline = open(capped());
    pipeline.reserve("r1", CUSTOMER, Channel.SMS, START);
    pipeline.answers();
    assertThat(ask(pipeline, "r1", CUSTOMER).decision().channel()).isEqualTo(Channel.SMS);
  }
}
