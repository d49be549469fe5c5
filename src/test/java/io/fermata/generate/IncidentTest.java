package io.fermata.generate;

import static io.fermata.generate.Units.DAY;
import static io.fermata.generate.Units.HOUR;
import static io.fermata.generate.Units.MINUTE;
import static org.assertj.core.api.Assertions.assertThat;

import io.fermata.model.Channel;
import io.fermata.model.CustomerTier;
import io.fermata.model.Direction;
import io.fermata.model.HandledBy;
import io.fermata.model.Outcome;
import io.fermata.model.Purpose;
import io.fermata.model.Touchpoint;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The truth that is written beside is true, by a plain reading of the catalogue. */
class IncidentTest {

  private static final List<Incident> TRUTH = new ArrayList<>();
  private static final Map<String, Touchpoint> BY_ID = new HashMap<>();
  private static final Map<String, List<Touchpoint>> HISTORIES = new HashMap<>();

  @BeforeAll
  static void simulate() {
    GeneratorSettings settings = GeneratorSettings.of(23, 3000, 60).withIncidents(0.3);
    TouchpointGenerator generator = new TouchpointGenerator(settings, TRUTH::add);
    while (generator.hasNext()) {
      Touchpoint t = generator.next();
      BY_ID.put(t.id(), t);
      HISTORIES.computeIfAbsent(t.identifiers().get(0).key(), k -> new ArrayList<>()).add(t);
    }
  }

  @Test
  void shouldNameTouchpointsOfTheCustomerWithinItsTime() {
    for (Incident incident : TRUTH) {
      assertThat(incident.touchpoints()).as("%s", incident).isNotEmpty();
      List<Touchpoint> touchpoints = incident.touchpoints().stream().map(BY_ID::get).toList();
      assertThat(touchpoints).as("%s", incident).doesNotContainNull();
      assertThat(touchpoints)
          .allMatch(t -> t.identifiers().get(0).key().equals(incident.customer()));
      assertThat(touchpoints.get(0).occurredAt()).isBetween(incident.from(), incident.from() + 9);
    }
  }

  @Test
  void shouldInjectEveryKind() {
    Set<String> rules = new HashSet<>();
    TRUTH.forEach(incident -> rules.add(incident.rule()));

    assertThat(rules).containsExactlyInAnyOrderElementsOf(checks().keySet());
  }

  @Test
  void shouldMeetTheConditionOfTheRule() {
    Map<String, BiPredicate<Incident, List<Touchpoint>>> checks = checks();
    for (Incident incident : TRUTH) {
      assertThat(checks.get(incident.rule()).test(incident, HISTORIES.get(incident.customer())))
          .as("%s", incident)
          .isTrue();
    }
  }

  /** The rules of the catalogue, each as a test of an incident against the customer's history. */
  private static Map<String, BiPredicate<Incident, List<Touchpoint>>> checks() {
    Map<String, BiPredicate<Incident, List<Touchpoint>>> checks = new HashMap<>();
    checks.put("contact-flood", count(4, 7 * DAY, IncidentTest::marketing, t -> 1));
    checks.put("channel-flood", count(3, DAY, IncidentTest::marketing, Touchpoint::channel));
    checks.put(
        "same-message-again", count(3, 4 * DAY, IncidentTest::marketing, Touchpoint::campaign));
    checks.put(
        "cart-reminder-flood",
        count(
            5,
            2 * DAY,
            t -> is(t, "message.sent") && "cart".equals(t.topic()) && t.channel() == Channel.EMAIL,
            t -> 1));
    checks.put(
        "offer-at-every-login",
        streak(3, t -> is(t, "offer.shown"), t -> is(t, "offer.accepted"), Touchpoint::topic));
    checks.put(
        "talking-to-a-wall",
        streak(
            5,
            IncidentTest::marketing,
            t ->
                is(t, "message.opened")
                    || is(t, "message.clicked")
                    || t.direction() == Direction.INBOUND,
            t -> 1));
    checks.put(
        "driven-away",
        sequence(2 * DAY, IncidentTest::marketing, t -> is(t, "consent.withdrawn"), t -> 1));
    checks.put(
        "at-the-wrong-hour",
        single(
            t -> {
              int hour =
                  Instant.ofEpochMilli(t.occurredAt()).atZone(ZoneId.of(t.timeZone())).getHour();
              return marketing(t) && t.channel() == Channel.SMS && (hour < 8 || hour >= 21);
            }));
    checks.put("survey-fatigue", count(2, 30 * DAY, t -> is(t, "survey.sent"), t -> 1));
    checks.put(
        "missed-ritual",
        absence(t -> is(t, "ritual.due"), t -> is(t, "ritual.held"), Touchpoint::topic));
    checks.put("long-wait", single(t -> ended(t) && t.waitSeconds() >= 300));
    checks.put(
        "gave-up-waiting",
        single(t -> ended(t) && t.outcome() == Outcome.ABANDONED && t.waitSeconds() >= 60));
    checks.put("repeat-contact", count(3, 7 * DAY, IncidentTest::inbound, Touchpoint::topic));
    checks.put("channel-hopping", count(3, DAY, IncidentTest::inbound, Touchpoint::topic));
    checks.put(
        "passed-around", single(t -> ended(t) && t.transfers() != null && t.transfers() >= 2));
    checks.put(
        "bot-dead-end", absence(t -> bot(t), t -> human(t) || is(t, "handover.done"), t -> 1));
    checks.put("bot-loop", count(3, DAY, IncidentTest::bot, Touchpoint::topic));
    checks.put(
        "human-refused",
        absence(t -> is(t, "handover.requested"), t -> human(t) || is(t, "handover.done"), t -> 1));
    checks.put(
        "answer-not-found",
        sequence(
            HOUR,
            t -> is(t, "search.performed") && "0".equals(t.attributes().get("results")),
            t -> human(t) && t.direction() == Direction.INBOUND,
            t -> 1));
    checks.put(
        "status-by-phone",
        sequence(
            DAY,
            t -> is(t, "order.status.viewed"),
            t -> inbound(t) && t.channel() == Channel.VOICE && "order-status".equals(t.topic()),
            t -> 1));
    checks.put(
        "fast-but-empty",
        sequence(
            3 * DAY,
            t -> inbound(t) && t.outcome() == Outcome.RESOLVED && t.handleSeconds() < 120,
            IncidentTest::inbound,
            Touchpoint::topic));
    checks.put(
        "wrong-tone", single(t -> ended(t) && t.sentiment() != null && t.sentiment() <= -0.6));
    checks.put(
        "unanswered",
        absence(
            t -> is(t, "contact.received"),
            t -> ended(t) || is(t, "message.sent"),
            Touchpoint::caseId));
    checks.put(
        "broken-callback",
        absence(t -> is(t, "callback.promised"), t -> is(t, "callback.made"), Touchpoint::topic));
    checks.put(
        "late-delivery",
        absence(t -> is(t, "order.promised"), t -> is(t, "order.delivered"), Touchpoint::caseId));
    checks.put(
        "task-overrun",
        absence(
            t -> is(t, "task.started"),
            t -> is(t, "task.completed") || is(t, "task.abandoned"),
            Touchpoint::caseId));
    checks.put(
        "no-renewal-notice",
        absence(t -> is(t, "subscription.ending"), t -> is(t, "notice.sent"), Touchpoint::topic));
    checks.put("harsh-reminder", single(t -> is(t, "reminder.sent") && t.sentiment() <= -0.4));
    checks.put(
        "unsafe-channel",
        single(t -> t.purpose() == Purpose.SECURITY && t.channel() == Channel.SMS));
    checks.put(
        "valued-but-cheap",
        count(
            2,
            7 * DAY,
            t ->
                ended(t)
                    && (t.handledBy() == HandledBy.BOT || t.handledBy() == HandledBy.IVR)
                    && t.outcome() != Outcome.RESOLVED
                    && t.customerTier() == CustomerTier.HIGH,
            t -> 1));
    checks.put(
        "costly-channel",
        single(t -> human(t) && t.customerTier() == CustomerTier.LOW && t.cost() >= 20));
    checks.put(
        "complaint-ignored",
        absence(
            t -> is(t, "complaint.filed"), t -> is(t, "complaint.resolved"), Touchpoint::caseId));
    return checks;
  }

  private static BiPredicate<Incident, List<Touchpoint>> single(Predicate<Touchpoint> where) {
    return (incident, history) -> own(incident).stream().anyMatch(where);
  }

  /** Enough of the incident's own matches, equal in {@code per}, lie within one window. */
  private static BiPredicate<Incident, List<Touchpoint>> count(
      int atLeast, long within, Predicate<Touchpoint> where, Function<Touchpoint, Object> per) {
    return (incident, history) -> {
      List<Touchpoint> matches = history.stream().filter(where).toList();
      return own(incident).stream()
          .filter(where)
          .anyMatch(
              last ->
                  matches.stream()
                          .filter(m -> Objects.equals(per.apply(m), per.apply(last)))
                          .filter(m -> m.occurredAt() <= last.occurredAt())
                          .filter(m -> m.occurredAt() > last.occurredAt() - within)
                          .count()
                      >= atLeast);
    };
  }

  private static BiPredicate<Incident, List<Touchpoint>> streak(
      int atLeast,
      Predicate<Touchpoint> where,
      Predicate<Touchpoint> brokenBy,
      Function<Touchpoint, Object> per) {
    return (incident, history) -> {
      Map<Object, Integer> lengths = new HashMap<>();
      boolean reached = false;
      for (Touchpoint t : history) {
        if (brokenBy.test(t)) {
          lengths.remove(per.apply(t));
        }
        if (where.test(t)) {
          int length = lengths.merge(per.apply(t), 1, Integer::sum);
          reached |= length >= atLeast && incident.touchpoints().contains(t.id());
        }
      }
      return reached;
    };
  }

  private static BiPredicate<Incident, List<Touchpoint>> sequence(
      long within,
      Predicate<Touchpoint> first,
      Predicate<Touchpoint> then,
      Function<Touchpoint, Object> same) {
    return (incident, history) -> {
      List<Touchpoint> own = own(incident);
      return own.stream()
          .filter(then)
          .anyMatch(
              b ->
                  own.stream()
                      .filter(first)
                      .filter(a -> Objects.equals(same.apply(a), same.apply(b)))
                      .anyMatch(
                          a ->
                              a.occurredAt() < b.occurredAt()
                                  && b.occurredAt() - a.occurredAt() <= within));
    };
  }

  /** Nothing of what is expected comes between the incident's own beginning and its deadline. */
  private static BiPredicate<Incident, List<Touchpoint>> absence(
      Predicate<Touchpoint> after,
      Predicate<Touchpoint> expect,
      Function<Touchpoint, Object> same) {
    return (incident, history) -> {
      Touchpoint a = own(incident).stream().filter(after).findFirst().orElseThrow();
      return history.stream()
          .filter(expect)
          .filter(b -> Objects.equals(same.apply(a), same.apply(b)))
          .noneMatch(
              b -> b.occurredAt() > a.occurredAt() && b.occurredAt() <= incident.until() + MINUTE);
    };
  }

  private static List<Touchpoint> own(Incident incident) {
    return incident.touchpoints().stream().map(BY_ID::get).toList();
  }

  private static boolean is(Touchpoint t, String type) {
    return t.type().equals(type);
  }

  private static boolean ended(Touchpoint t) {
    return is(t, "contact.ended");
  }

  private static boolean human(Touchpoint t) {
    return ended(t) && t.handledBy() == HandledBy.HUMAN;
  }

  private static boolean bot(Touchpoint t) {
    return ended(t) && t.handledBy() == HandledBy.BOT && t.outcome() != Outcome.RESOLVED;
  }

  private static boolean inbound(Touchpoint t) {
    return ended(t) && t.direction() == Direction.INBOUND;
  }

  private static boolean marketing(Touchpoint t) {
    return is(t, "message.sent")
        && t.direction() == Direction.OUTBOUND
        && t.purpose() == Purpose.MARKETING;
  }
}
