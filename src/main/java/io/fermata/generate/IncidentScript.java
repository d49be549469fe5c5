package io.fermata.generate;

import static io.fermata.generate.Units.DAY;
import static io.fermata.generate.Units.HOUR;
import static io.fermata.generate.Units.MINUTE;

import io.fermata.model.Area;
import io.fermata.model.Channel;
import io.fermata.model.CustomerTier;
import io.fermata.model.Direction;
import io.fermata.model.HandledBy;
import io.fermata.model.Outcome;
import io.fermata.model.Pillar;
import io.fermata.model.Purpose;
import io.fermata.model.TouchpointBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * One bad experience as a list of beats: what happens to the customer, and which rule should
 * notice. Topics and cases are ones that nothing else of the customer touches meanwhile.
 *
 * @param rule id of the rule
 * @param why one sentence on what is done to the customer
 * @param pillar what it hurts
 */
record IncidentScript(
    String rule, String why, Pillar pillar, Predicate<Customer> fits, Staging staging) {

  /** Writes the beats for a customer from a moment on. */
  @FunctionalInterface
  interface Staging {
    Scene stage(Customer c, long start);
  }

  /**
   * One touchpoint.
   *
   * @param offset milliseconds after the start
   * @param rest sets what the type, channel and direction leave open
   */
  record Beat(
      long offset,
      String type,
      Channel channel,
      Direction direction,
      UnaryOperator<TouchpointBuilder> rest) {

    TouchpointBuilder finish(TouchpointBuilder touchpoint) {
      return rest.apply(touchpoint);
    }

    private Beat with(UnaryOperator<TouchpointBuilder> more) {
      return new Beat(offset, type, channel, direction, t -> more.apply(rest.apply(t)));
    }
  }

  /**
   * What happens.
   *
   * @param until milliseconds after the start by which the rule's condition holds
   */
  record Scene(long until, List<Beat> beats) {
    long last() {
      return beats.get(beats.size() - 1).offset();
    }
  }

  private static final String TOPIC = "urgent-request";

  private static final List<IncidentScript> ALL = new ArrayList<>();

  Scene stage(Customer c, long start) {
    return staging.stage(c, start);
  }

  /** The scripts that may happen to a customer; never empty. */
  static List<IncidentScript> fitting(Customer c) {
    List<IncidentScript> fitting = new ArrayList<>(ALL.size());
    for (IncidentScript script : ALL) {
      if (script.fits.test(c)) {
        fitting.add(script);
      }
    }
    return fitting;
  }

  // Over-contact.

  static {
    add(
        "contact-flood",
        "six marketing messages on all channels in five days",
        Pillar.EXPECTATIONS,
        (c, start) ->
            scene(
                marketing(0, Channel.EMAIL, "flood-1"),
                marketing(20 * HOUR, Channel.PUSH, "flood-2"),
                marketing(44 * HOUR, Channel.SMS, "flood-3"),
                marketing(70 * HOUR, Channel.EMAIL, "flood-4"),
                marketing(92 * HOUR, Channel.IN_APP, "flood-5"),
                marketing(120 * HOUR, Channel.EMAIL, "flood-6")));
    add(
        "channel-flood",
        "three push messages in seven hours",
        Pillar.EXPECTATIONS,
        (c, start) ->
            scene(
                marketing(0, Channel.PUSH, "flash-1"),
                marketing(3 * HOUR, Channel.PUSH, "flash-2"),
                marketing(7 * HOUR, Channel.PUSH, "flash-3")));
    add(
        "same-message-again",
        "the same campaign three times in three days",
        Pillar.PERSONALISATION,
        (c, start) ->
            scene(
                marketing(0, Channel.EMAIL, "again-and-again"),
                marketing(26 * HOUR, Channel.EMAIL, "again-and-again"),
                marketing(60 * HOUR, Channel.EMAIL, "again-and-again")));
    add(
        "cart-reminder-flood",
        "six e-mails about one abandoned cart in two days",
        Pillar.EXPECTATIONS,
        IncidentScript::isShopper,
        (c, start) ->
            scene(
                beat(0, Vocabulary.CART_ABANDONED, Channel.WEB, Direction.SELF)
                    .with(t -> t.area(Area.SALES).topic("cart")),
                cartReminder(HOUR),
                cartReminder(6 * HOUR),
                cartReminder(12 * HOUR),
                cartReminder(20 * HOUR),
                cartReminder(28 * HOUR),
                cartReminder(40 * HOUR)));
    add(
        "offer-at-every-login",
        "the same offer at four logins in a row",
        Pillar.PERSONALISATION,
        (c, start) ->
            scene(
                login(0),
                offer(MINUTE),
                login(DAY),
                offer(DAY + MINUTE),
                login(2 * DAY),
                offer(2 * DAY + MINUTE),
                login(3 * DAY),
                offer(3 * DAY + MINUTE)));
    add(
        "talking-to-a-wall",
        "six marketing messages to a customer who reads none",
        Pillar.PERSONALISATION,
        (c, start) ->
            scene(
                marketing(0, Channel.EMAIL, "wall-1"),
                marketing(60 * HOUR, Channel.EMAIL, "wall-2"),
                marketing(120 * HOUR, Channel.SMS, "wall-3"),
                marketing(180 * HOUR, Channel.EMAIL, "wall-4"),
                marketing(240 * HOUR, Channel.EMAIL, "wall-5"),
                marketing(300 * HOUR, Channel.EMAIL, "wall-6")));
    add(
        "driven-away",
        "consent withdrawn twenty minutes after a marketing message",
        Pillar.INTEGRITY,
        (c, start) ->
            scene(
                marketing(0, Channel.SMS, "last-straw"),
                beat(20 * MINUTE, Vocabulary.CONSENT_WITHDRAWN, Channel.SMS, Direction.INBOUND)
                    .with(t -> t.purpose(Purpose.MARKETING).area(Area.MARKETING))));
    add(
        "at-the-wrong-hour",
        "a marketing text message at eleven at night",
        Pillar.EMPATHY,
        (c, start) -> {
          long night = c.persona.zone().next(start, 23 * HOUR + 5 * MINUTE) - start;
          return scene(marketing(night, Channel.SMS, "night-owl"));
        });
    add(
        "survey-fatigue",
        "two surveys within five days",
        Pillar.TIME_AND_EFFORT,
        (c, start) -> scene(survey(0), survey(5 * DAY)));
    add(
        "missed-ritual",
        "the annual review was due and not held",
        Pillar.EXPECTATIONS,
        (c, start) ->
            absence(
                3 * DAY,
                beat(0, Vocabulary.RITUAL_DUE, Channel.OTHER, Direction.SELF)
                    .with(
                        t ->
                            t.purpose(Purpose.SERVICE)
                                .area(Area.BRAND)
                                .topic("annual-review")
                                .dueAt(start + 3 * DAY))));
  }

  // Effort.

  static {
    add(
        "long-wait",
        "more than a quarter of an hour on hold",
        Pillar.TIME_AND_EFFORT,
        (c, start) ->
            scene(call(0, Outcome.RESOLVED).with(t -> t.waitSeconds(c.dice.between(950, 1500)))));
    add(
        "gave-up-waiting",
        "hung up after minutes on hold",
        Pillar.TIME_AND_EFFORT,
        (c, start) ->
            scene(
                contact(0, Channel.VOICE, HandledBy.IVR, Outcome.ABANDONED)
                    .with(t -> t.waitSeconds(c.dice.between(320, 700)).handleSeconds(0))));
    add(
        "repeat-contact",
        "four calls about one thing within five days",
        Pillar.RESOLUTION,
        (c, start) ->
            scene(
                call(0, Outcome.UNRESOLVED),
                call(26 * HOUR, Outcome.UNRESOLVED),
                call(70 * HOUR, Outcome.UNRESOLVED),
                call(118 * HOUR, Outcome.RESOLVED)));
    add(
        "channel-hopping",
        "bot, chat and telephone about one thing in three hours",
        Pillar.TIME_AND_EFFORT,
        (c, start) ->
            scene(
                contact(0, Channel.CHATBOT, HandledBy.BOT, Outcome.UNRESOLVED),
                contact(50 * MINUTE, Channel.WEB_CHAT, HandledBy.HUMAN, Outcome.UNRESOLVED),
                call(3 * HOUR, Outcome.RESOLVED)));
    add(
        "passed-around",
        "transferred three times in one call",
        Pillar.TIME_AND_EFFORT,
        (c, start) -> scene(call(0, Outcome.UNRESOLVED).with(t -> t.transfers(3))));
    add(
        "bot-dead-end",
        "left alone by the bot, and nobody there",
        Pillar.RESOLUTION,
        (c, start) ->
            absence(30 * MINUTE, contact(0, Channel.CHATBOT, HandledBy.BOT, Outcome.UNRESOLVED)));
    add(
        "bot-loop",
        "three vain talks with the bot within half an hour",
        Pillar.RESOLUTION,
        (c, start) ->
            scene(
                contact(0, Channel.CHATBOT, HandledBy.BOT, Outcome.UNRESOLVED),
                contact(9 * MINUTE, Channel.CHATBOT, HandledBy.BOT, Outcome.ABANDONED),
                contact(24 * MINUTE, Channel.CHATBOT, HandledBy.BOT, Outcome.UNRESOLVED)));
    add(
        "human-refused",
        "asked for a person, got none",
        Pillar.EMPATHY,
        (c, start) ->
            absence(
                15 * MINUTE,
                service(0, Vocabulary.HANDOVER_REQUESTED, Channel.CHATBOT, Direction.INBOUND)));
    add(
        "answer-not-found",
        "searched in vain, then had to call",
        Pillar.TIME_AND_EFFORT,
        (c, start) ->
            scene(
                service(0, Vocabulary.SEARCH_PERFORMED, Channel.WEB, Direction.SELF)
                    .with(t -> t.attributes(c.brand.searchAttributes(c, 0))),
                call(20 * MINUTE, Outcome.RESOLVED)));
    add(
        "status-by-phone",
        "looked up the order and had to call all the same",
        Pillar.EXPECTATIONS,
        IncidentScript::isShopper,
        (c, start) ->
            scene(
                beat(0, Vocabulary.ORDER_STATUS_VIEWED, Channel.WEB, Direction.SELF)
                    .with(t -> t.area(Area.SALES).topic(Orders.TOPIC)),
                call(2 * HOUR, Outcome.RESOLVED).with(t -> t.topic(Orders.TOPIC))));
    add(
        "fast-but-empty",
        "a call closed in 75 seconds, and a second one the next day",
        Pillar.RESOLUTION,
        (c, start) ->
            scene(
                call(0, Outcome.RESOLVED).with(t -> t.handleSeconds(75)),
                call(DAY, Outcome.RESOLVED)));
    add(
        "wrong-tone",
        "a rude answer",
        Pillar.EMPATHY,
        (c, start) -> scene(call(0, Outcome.UNRESOLVED).with(t -> t.sentiment(-0.85))));
    add(
        "unanswered",
        "a letter without an answer for two days",
        Pillar.TIME_AND_EFFORT,
        (c, start) ->
            absence(
                2 * DAY,
                inCase(
                    c, service(0, Vocabulary.CONTACT_RECEIVED, Channel.EMAIL, Direction.INBOUND))));
  }

  // Promises and consistency.

  static {
    add(
        "broken-callback",
        "a callback within four hours promised and never made",
        Pillar.INTEGRITY,
        (c, start) ->
            absence(
                MINUTE + 4 * HOUR,
                call(0, Outcome.UNRESOLVED),
                service(MINUTE, Vocabulary.CALLBACK_PROMISED, Channel.VOICE, Direction.OUTBOUND)
                    .with(t -> t.dueAt(start + MINUTE + 4 * HOUR))));
    add(
        "late-delivery",
        "an order delivered a day and a half late",
        Pillar.EXPECTATIONS,
        IncidentScript::isShopper,
        (c, start) -> {
          String order = c.newCase();
          return absence(
              2 * DAY,
              order(0, Vocabulary.ORDER_PROMISED, Channel.EMAIL, order)
                  .with(t -> t.dueAt(start + 2 * DAY)),
              order(84 * HOUR, Vocabulary.ORDER_DELIVERED, Channel.PARTNER, order));
        });
    add(
        "task-overrun",
        "a task of one day that took two",
        Pillar.TIME_AND_EFFORT,
        (c, start) -> {
          String task = c.newCase();
          return absence(
              DAY,
              service(0, Vocabulary.TASK_STARTED, Channel.WEB, Direction.SELF)
                  .with(t -> t.caseId(task).dueAt(start + DAY)),
              service(2 * DAY, Vocabulary.TASK_COMPLETED, Channel.WEB, Direction.SELF)
                  .with(t -> t.caseId(task)));
        });
    add(
        "no-renewal-notice",
        "a subscription about to end without notice",
        Pillar.INTEGRITY,
        (c, start) ->
            absence(
                3 * DAY,
                beat(0, Vocabulary.SUBSCRIPTION_ENDING, Channel.OTHER, Direction.SELF)
                    .with(
                        t ->
                            t.purpose(Purpose.RETENTION)
                                .area(Area.SALES)
                                .topic("add-on")
                                .dueAt(start + 10 * DAY))));
    add(
        "harsh-reminder",
        "a threatening payment reminder",
        Pillar.EMPATHY,
        c -> c.brand.profile.invoices(),
        (c, start) ->
            scene(
                beat(0, Vocabulary.REMINDER_SENT, Channel.EMAIL, Direction.OUTBOUND)
                    .with(
                        t ->
                            t.purpose(Purpose.BILLING)
                                .area(Area.BILLING)
                                .topic("invoice")
                                .sentiment(-0.7))));
    add(
        "unsafe-channel",
        "a security message as a text message",
        Pillar.INTEGRITY,
        (c, start) ->
            scene(
                beat(0, Vocabulary.MESSAGE_SENT, Channel.SMS, Direction.OUTBOUND)
                    .with(
                        t ->
                            t.purpose(Purpose.SECURITY).area(Area.SERVICE).topic("new-password"))));
    add(
        "valued-but-cheap",
        "one of the best customers left to machines twice",
        Pillar.PERSONALISATION,
        c -> c.persona.tier() == CustomerTier.HIGH,
        (c, start) ->
            scene(
                contact(0, Channel.CHATBOT, HandledBy.BOT, Outcome.UNRESOLVED),
                contact(DAY, Channel.IVR, HandledBy.IVR, Outcome.UNRESOLVED)));
    add(
        "costly-channel",
        "a long visit of a customer who brings in little",
        Pillar.EXPECTATIONS,
        c -> c.persona.tier() == CustomerTier.LOW,
        (c, start) ->
            scene(
                contact(0, Channel.BRANCH, HandledBy.HUMAN, Outcome.RESOLVED)
                    .with(t -> t.handleSeconds(1600).cost(40.3))));
    add(
        "complaint-ignored",
        "a complaint without an answer for a week",
        Pillar.RESOLUTION,
        (c, start) ->
            absence(
                7 * DAY,
                inCase(
                    c,
                    service(0, Vocabulary.COMPLAINT_FILED, Channel.EMAIL, Direction.INBOUND)
                        .with(t -> t.sentiment(-0.6)))));
  }

  private static void add(String rule, String why, Pillar pillar, Staging staging) {
    add(rule, why, pillar, c -> true, staging);
  }

  private static void add(
      String rule, String why, Pillar pillar, Predicate<Customer> fits, Staging staging) {
    ALL.add(new IncidentScript(rule, why, pillar, fits, staging));
  }

  private static boolean isShopper(Customer c) {
    return c.brand.industry == Industry.SHOP;
  }

  /** Noticed with its last beat at the latest. */
  private static Scene scene(Beat... beats) {
    return new Scene(beats[beats.length - 1].offset(), List.of(beats));
  }

  /** Noticed when what was due by {@code deadline} has not come. */
  private static Scene absence(long deadline, Beat... beats) {
    return new Scene(deadline, List.of(beats));
  }

  private static Beat beat(long offset, String type, Channel channel, Direction direction) {
    return new Beat(offset, type, channel, direction, t -> t);
  }

  private static Beat marketing(long offset, Channel channel, String campaign) {
    return beat(offset, Vocabulary.MESSAGE_SENT, channel, Direction.OUTBOUND)
        .with(
            t ->
                t.purpose(Purpose.MARKETING)
                    .area(Area.MARKETING)
                    .topic("special-offer")
                    .campaign(campaign));
  }

  private static Beat cartReminder(long offset) {
    return marketing(offset, Channel.EMAIL, "cart-reminder").with(t -> t.topic("cart"));
  }

  private static Beat login(long offset) {
    return beat(offset, Vocabulary.SESSION_STARTED, Channel.WEB, Direction.SELF);
  }

  private static Beat offer(long offset) {
    return beat(offset, Vocabulary.OFFER_SHOWN, Channel.WEB, Direction.SELF)
        .with(t -> t.purpose(Purpose.MARKETING).area(Area.SALES).topic("extended-warranty"));
  }

  private static Beat survey(long offset) {
    return beat(offset, Vocabulary.SURVEY_SENT, Channel.EMAIL, Direction.OUTBOUND)
        .with(t -> t.purpose(Purpose.SURVEY).area(Area.BRAND));
  }

  private static Beat service(long offset, String type, Channel channel, Direction direction) {
    return beat(offset, type, channel, direction)
        .with(t -> t.purpose(Purpose.SERVICE).area(Area.SERVICE).topic(TOPIC));
  }

  private static Beat inCase(Customer c, Beat beat) {
    String caseId = c.newCase();
    return beat.with(t -> t.caseId(caseId));
  }

  private static Beat order(long offset, String type, Channel channel, String order) {
    return beat(offset, type, channel, Direction.OUTBOUND)
        .with(
            t ->
                t.purpose(Purpose.TRANSACTIONAL)
                    .area(Area.SALES)
                    .topic(Orders.TOPIC)
                    .caseId(order));
  }

  private static Beat call(long offset, Outcome outcome) {
    return contact(offset, Channel.VOICE, HandledBy.HUMAN, outcome);
  }

  private static Beat contact(long offset, Channel channel, HandledBy by, Outcome outcome) {
    boolean human = by == HandledBy.HUMAN;
    int handle = human ? 300 : 90;
    return service(offset, Vocabulary.CONTACT_ENDED, channel, Direction.INBOUND)
        .with(
            t ->
                t.handledBy(by)
                    .outcome(outcome)
                    .waitSeconds(human ? 45 : 0)
                    .handleSeconds(handle)
                    .cost(Costs.of(channel, by, handle)));
  }
}
