package io.fermata.generate;

import static io.fermata.generate.Units.DAY;
import static io.fermata.generate.Units.HOUR;

import io.fermata.model.Area;
import io.fermata.model.Channel;
import io.fermata.model.Direction;
import io.fermata.model.Pillar;
import io.fermata.model.Purpose;
import io.fermata.model.Severity;
import io.fermata.model.TouchpointBuilder;

/** What comes round: invoices, subscriptions, rituals, and now and then a security message. */
final class Calendar {

  private static final long MONTH = 30 * DAY;
  private static final long YEAR = 365 * DAY;
  private static final String INVOICE = "invoice";

  private final Simulation sim;

  Calendar(Simulation sim) {
    this.sim = sim;
  }

  void begin(Customer c) {
    IndustryProfile profile = c.brand.profile;
    long start = sim.now();
    if (profile.invoices()) {
      long first = c.brand.mailing(start + c.dice.between(0, MONTH), c.dice);
      sim.at(c, first, () -> invoice(c));
    }
    if (profile.subscription() != null) {
      subscribe(c, start + c.dice.between(0, YEAR), start);
    }
    sim.at(
        c,
        c.brand.mailing(start + c.dice.between(0, profile.ritualDays() * DAY), c.dice),
        () -> ritual(c));
    warn(c);
  }

  // Invoices.

  private void invoice(Customer c) {
    sim.in(c, MONTH, () -> invoice(c));
    sim.publish(billing(c, Vocabulary.INVOICE_SENT, Channel.EMAIL));
    if (c.dice.chance(Rates.PAYS_LATE)) {
      long due = sim.now() + 14 * DAY;
      sim.at(
          c,
          due,
          () ->
              sim.publish(
                  sim.touch(c, Vocabulary.PAYMENT_LATE, Channel.OTHER, Direction.SELF)
                      .purpose(Purpose.BILLING)
                      .area(Area.BILLING)
                      .topic(INVOICE)));
      sim.at(c, c.brand.open(due + c.dice.between(DAY, 5 * DAY), c.dice), () -> remind(c));
    }
  }

  private void remind(Customer c) {
    boolean harsh = c.dice.chance(Rates.HARSH_REMINDER);
    double tone = harsh ? -0.6 : c.dice.between(-0.25, 0.25);
    sim.publish(
        billing(c, Vocabulary.REMINDER_SENT, c.dice.chance(0.7) ? Channel.EMAIL : Channel.POST)
            .sentiment(Math.round(tone * 100) / 100.0));
    if (harsh) {
      c.bad(Pillar.EMPATHY, Severity.HIGH, sim.now());
    }
  }

  private TouchpointBuilder billing(Customer c, String type, Channel channel) {
    return sim.touch(c, type, channel, Direction.OUTBOUND)
        .purpose(Purpose.BILLING)
        .area(Area.BILLING)
        .topic(INVOICE);
  }

  // Subscriptions.

  private void subscribe(Customer c, long endsAt, long from) {
    boolean inTime = !c.dice.chance(Rates.NOTICE_TOO_LATE);
    long ending = endsAt - MONTH;
    long notice =
        c.brand.open(
            endsAt - (inTime ? c.dice.between(9, 25) : c.dice.between(1, 5)) * DAY, c.dice);
    if (ending >= from) {
      sim.at(
          c,
          ending,
          () ->
              sim.publish(
                  subscription(c, Vocabulary.SUBSCRIPTION_ENDING, Channel.OTHER, Direction.SELF)
                      .dueAt(endsAt)));
    }
    if (notice >= from) {
      sim.at(c, notice, () -> announce(c, inTime));
    }
    sim.at(
        c,
        endsAt,
        () -> {
          subscribe(c, endsAt + YEAR, sim.now());
          if (c.dice.chance(Rates.SUBSCRIPTION_ENDS)) {
            sim.publish(
                subscription(c, Vocabulary.SUBSCRIPTION_ENDED, Channel.OTHER, Direction.SELF));
          }
        });
  }

  private void announce(Customer c, boolean inTime) {
    sim.publish(subscription(c, Vocabulary.NOTICE_SENT, Channel.EMAIL, Direction.OUTBOUND));
    if (inTime) {
      c.good(Pillar.INTEGRITY, sim.now());
    } else {
      c.bad(Pillar.INTEGRITY, Severity.MEDIUM, sim.now());
    }
  }

  private TouchpointBuilder subscription(
      Customer c, String type, Channel channel, Direction direction) {
    return sim.touch(c, type, channel, direction)
        .purpose(Purpose.RETENTION)
        .area(Area.SALES)
        .topic(c.brand.profile.subscription());
  }

  // Rituals.

  private void ritual(Customer c) {
    IndustryProfile profile = c.brand.profile;
    sim.in(c, profile.ritualDays() * DAY, () -> ritual(c));
    long window = profile.ritualDueDays() * DAY;
    long due = sim.now() + window;
    sim.publish(ritual(c, Vocabulary.RITUAL_DUE, Channel.OTHER, Direction.SELF).dueAt(due));
    boolean held = c.dice.chance(Rates.RITUAL_HELD);
    if (held) {
      long at = c.brand.open(sim.now() + c.dice.between(HOUR, window - DAY), c.dice);
      sim.at(
          c,
          at,
          () -> {
            sim.publish(ritual(c, Vocabulary.RITUAL_HELD, Channel.EMAIL, Direction.OUTBOUND));
            c.good(Pillar.EXPECTATIONS, sim.now());
          });
    } else {
      sim.at(c, due, () -> c.bad(Pillar.EXPECTATIONS, Severity.MEDIUM, sim.now()));
    }
  }

  private TouchpointBuilder ritual(Customer c, String type, Channel channel, Direction direction) {
    return sim.touch(c, type, channel, direction)
        .purpose(Purpose.SERVICE)
        .area(Area.BRAND)
        .topic(c.brand.profile.ritual());
  }

  // Security.

  private void warn(Customer c) {
    long wait = c.dice.after(MONTH / c.brand.profile.securityPerMonth());
    sim.at(
        c,
        sim.awake(c, sim.now() + wait),
        () -> {
          warn(c);
          boolean unsafe = c.dice.chance(Rates.SECURITY_BY_SMS);
          sim.publish(
              sim.touch(
                      c,
                      Vocabulary.MESSAGE_SENT,
                      unsafe ? Channel.SMS : Channel.PUSH,
                      Direction.OUTBOUND)
                  .purpose(Purpose.SECURITY)
                  .area(Area.SERVICE)
                  .topic("new-device"));
          if (unsafe) {
            c.bad(Pillar.INTEGRITY, Severity.HIGH, sim.now());
          }
        });
  }
}
