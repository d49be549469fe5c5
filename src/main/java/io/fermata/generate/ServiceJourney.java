package io.fermata.generate;

import static io.fermata.generate.Units.DAY;
import static io.fermata.generate.Units.HOUR;
import static io.fermata.generate.Units.MINUTE;
import static io.fermata.generate.Units.SECOND;

import io.fermata.model.Channel;
import io.fermata.model.Direction;
import io.fermata.model.HandledBy;
import io.fermata.model.Outcome;
import io.fermata.model.Pillar;
import io.fermata.model.Purpose;
import io.fermata.model.Severity;
import io.fermata.model.TouchpointBuilder;

/**
 * A need on its way: the customer chooses a channel by habit, waits, is helped or not, tries again,
 * complains, and at the end may be asked how it was.
 */
final class ServiceJourney {

  private final Simulation sim;
  private final Customer c;
  private final Dice dice;
  private final Need need;
  private final String caseId;
  private Runnable onSettled;

  private int contacts;
  private int switches;
  private int transfers;
  private int waited;
  private boolean complained;
  private Channel lastChannel;
  private String lastContact;

  ServiceJourney(Simulation sim, Customer c, Need need, String caseId) {
    this.sim = sim;
    this.c = c;
    this.dice = c.dice;
    this.need = need;
    this.caseId = caseId;
  }

  /** Starts now, on the channel of habit. */
  void begin() {
    approach();
  }

  /** Starts with people, after a pause; {@code then} runs at the end if the need is settled. */
  void continueAfter(long pause, Runnable then) {
    onSettled = then;
    sim.in(c, pause, dice.chance(0.6) ? this::call : this::chat);
  }

  private void approach() {
    switch (c.persona.age().approach(dice)) {
      case SELF_SERVICE -> search();
      case BOT -> askBot();
      case CALL -> call();
      case CHAT -> chat();
      case MAIL -> write(Approach.MAIL);
      case MESSENGER -> write(Approach.MESSENGER);
      case SOCIAL -> write(Approach.SOCIAL);
      case BRANCH -> visit(Approach.BRANCH);
      case VIDEO -> visit(Approach.VIDEO);
      case POST -> write(Approach.POST);
    }
  }

  // Self service.

  private void search() {
    Channel channel = Simulation.alone(c);
    sim.publish(touch(Vocabulary.SESSION_STARTED, channel, Direction.SELF));
    sim.in(
        c,
        Simulation.moment(dice),
        () -> {
          boolean nothing = dice.chance(Rates.NOTHING_FOUND);
          int results = nothing ? 0 : dice.between(1, 40);
          sim.publish(
              touch(Vocabulary.SEARCH_PERFORMED, channel, Direction.SELF)
                  .attributes(c.brand.searchAttributes(c, results)));
          if (nothing) {
            lookFurther();
          } else {
            sim.in(c, Simulation.moment(dice), () -> read(channel));
          }
        });
  }

  private void read(Channel channel) {
    sim.publish(touch(Vocabulary.PAGE_VIEWED, channel, Direction.SELF));
    sim.in(
        c,
        Simulation.moment(dice),
        () -> {
          boolean works = dice.chance(need.self());
          sim.publish(
              touch(
                  works ? Vocabulary.SELFSERVICE_COMPLETED : Vocabulary.SELFSERVICE_FAILED,
                  channel,
                  Direction.SELF));
          if (works) {
            c.good(Pillar.TIME_AND_EFFORT, sim.now());
            end(true);
          } else {
            lookFurther();
          }
        });
  }

  private void lookFurther() {
    if (dice.chance(Rates.ASKS_AT_ONCE)) {
      c.bad(Pillar.TIME_AND_EFFORT, Severity.LOW, sim.now());
      sim.in(c, dice.between(2 * MINUTE, 50 * MINUTE), this::speakToSomebody);
    } else {
      again();
    }
  }

  private void speakToSomebody() {
    if (dice.chance(0.55)) {
      call();
    } else if (dice.chance(0.6)) {
      chat();
    } else {
      askBot();
    }
  }

  // Bots.

  private void askBot() {
    int handle = dice.between(40, 240);
    sim.in(
        c,
        handle * SECOND,
        () -> {
          boolean settled = dice.chance(need.bot());
          Outcome outcome =
              settled
                  ? Outcome.RESOLVED
                  : dice.chance(Rates.BOT_ABANDONED) ? Outcome.ABANDONED : Outcome.UNRESOLVED;
          ended(Channel.CHATBOT, HandledBy.BOT, outcome, dice.between(0, 3), handle, 0, 0.08);
          if (settled) {
            settled(false);
          } else {
            afterBot();
          }
        });
  }

  private void afterBot() {
    double what = dice.unit();
    if (what < Rates.ASKS_FOR_HUMAN) {
      sim.in(c, dice.between(5 * SECOND, 60 * SECOND), this::askForHuman);
      return;
    }
    c.bad(Pillar.RESOLUTION, Severity.HIGH, sim.now());
    if (what < Rates.ASKS_FOR_HUMAN + Rates.TRIES_BOT_AGAIN) {
      sim.in(c, dice.between(4 * MINUTE, 40 * MINUTE), this::askBot);
    } else if (what < Rates.ASKS_FOR_HUMAN + Rates.TRIES_BOT_AGAIN + Rates.CALLS_AT_ONCE) {
      sim.in(c, dice.between(2 * MINUTE, 15 * MINUTE), this::call);
    } else {
      unsettled(false);
    }
  }

  private void askForHuman() {
    sim.publish(touch(Vocabulary.HANDOVER_REQUESTED, Channel.CHATBOT, Direction.INBOUND));
    if (c.brand.isOpen(sim.now()) && dice.chance(Rates.HANDOVER_WORKS)) {
      int wait = Math.min(800, c.brand.waitSeconds(sim.now(), dice) + 10);
      sim.in(
          c,
          wait * SECOND,
          () -> {
            sim.publish(touch(Vocabulary.HANDOVER_DONE, Channel.WEB_CHAT, Direction.INBOUND));
            converse(Channel.WEB_CHAT, wait);
          });
    } else {
      c.bad(Pillar.EMPATHY, Severity.HIGH, sim.now());
      again();
    }
  }

  // People.

  /** Calls now, or when the lines open. */
  void call() {
    if (!c.brand.isOpen(sim.now())) {
      sim.at(c, c.brand.open(sim.now(), dice), this::call);
    } else if (dice.chance(need.self() * Rates.IVR_SETTLES)) {
      int handle = dice.between(35, 130);
      sim.in(
          c,
          handle * SECOND,
          () -> {
            ended(Channel.IVR, HandledBy.IVR, Outcome.RESOLVED, 0, handle, 0, 0);
            settled(false);
          });
    } else {
      hold();
    }
  }

  private void hold() {
    int wait = c.brand.waitSeconds(sim.now(), dice);
    int patience = 20 + (int) dice.exponential(c.persona.patienceSeconds());
    if (wait <= patience) {
      converse(Channel.VOICE, wait);
      return;
    }
    sim.in(
        c,
        patience * SECOND,
        () -> {
          ended(Channel.VOICE, HandledBy.IVR, Outcome.ABANDONED, patience, 0, 0, 0);
          if (patience >= 60) {
            c.bad(
                Pillar.TIME_AND_EFFORT,
                patience >= 300 ? Severity.HIGH : Severity.MEDIUM,
                sim.now());
          }
          unsettled(false);
        });
  }

  private void chat() {
    if (c.brand.isOpen(sim.now())) {
      converse(Channel.WEB_CHAT, c.brand.waitSeconds(sim.now(), dice) / 2);
    } else {
      askBot();
    }
  }

  private void visit(Approach approach) {
    if (c.brand.isOpen(sim.now())) {
      converse(approach.channel, c.brand.waitSeconds(sim.now(), dice) * 2);
    } else {
      sim.at(c, c.brand.open(sim.now(), dice), () -> visit(approach));
    }
  }

  /** A conversation with a person that begins after so many seconds. */
  private void converse(Channel channel, int wait) {
    boolean hurried = dice.chance(Rates.HURRIED);
    int handle =
        hurried ? dice.between(40, 115) : (int) (need.handleSeconds() * dice.between(0.5, 1.8));
    sim.in(c, (wait + handle) * SECOND, () -> hangUp(channel, wait, handle, hurried));
  }

  private void hangUp(Channel channel, int wait, int handle, boolean hurried) {
    int passed = hurried ? 0 : dice.weighted(Rates.TRANSFERS);
    double ease = need.human() - passed * Rates.TRANSFER_COSTS_EASE;
    boolean settled = hurried || dice.chance(ease);
    boolean passedOn = !settled && dice.chance(Rates.PASSED_ON / (1 - need.human()));
    Outcome outcome =
        settled ? Outcome.RESOLVED : passedOn ? Outcome.TRANSFERRED : Outcome.UNRESOLVED;
    boolean unfriendly = dice.chance(Rates.UNFRIENDLY);
    double tone = unfriendly ? -0.72 : settled ? 0.3 : -0.1;
    double sentiment = ended(channel, HandledBy.HUMAN, outcome, wait, handle, passed, tone);
    judge(wait, passed, sentiment);
    if (settled) {
      settled(hurried);
    } else if (passedOn) {
      sim.in(
          c, dice.between(20 * SECOND, 4 * MINUTE), () -> converse(channel, dice.between(5, 90)));
    } else {
      unsettled(true);
    }
  }

  private void judge(int wait, int passed, double sentiment) {
    long now = sim.now();
    if (wait >= 300) {
      Severity severity =
          wait >= 1200 ? Severity.CRITICAL : wait >= 600 ? Severity.HIGH : Severity.MEDIUM;
      c.bad(Pillar.TIME_AND_EFFORT, severity, now);
    }
    if (passed >= 2) {
      c.bad(Pillar.TIME_AND_EFFORT, passed >= 4 ? Severity.HIGH : Severity.MEDIUM, now);
    }
    if (sentiment <= -0.6) {
      c.bad(Pillar.EMPATHY, sentiment <= -0.8 ? Severity.HIGH : Severity.MEDIUM, now);
    } else if (sentiment >= 0.6) {
      c.good(Pillar.EMPATHY, now);
    }
  }

  // Letters.

  private void write(Approach approach) {
    sim.publish(
        touch(Vocabulary.CONTACT_RECEIVED, approach.channel, Direction.INBOUND)
            .sentiment(tone(-0.05 * contacts)));
    if (dice.chance(Rates.NEVER_ANSWERED)) {
      c.bad(Pillar.TIME_AND_EFFORT, Severity.MEDIUM, sim.now());
      sim.in(c, 2 * DAY + dice.after(DAY), this::speakToSomebody);
      return;
    }
    long answered = c.brand.open(sim.now() + dice.after(Rates.ANSWER_MEAN), dice);
    sim.at(c, answered, () -> answer(approach.channel));
  }

  private void answer(Channel channel) {
    boolean settled = dice.chance(need.human());
    Outcome outcome = settled ? Outcome.RESOLVED : Outcome.UNRESOLVED;
    int handle = (int) (need.handleSeconds() * dice.between(0.4, 1.2));
    ended(channel, HandledBy.HUMAN, outcome, -1, handle, 0, settled ? 0.2 : -0.1);
    if (settled) {
      settled(false);
    } else {
      unsettled(false);
    }
  }

  // What comes of it.

  /** Publishes the end of a contact and returns its sentiment; a negative wait is none. */
  private double ended(
      Channel channel,
      HandledBy by,
      Outcome outcome,
      int wait,
      int handle,
      int passed,
      double mood) {
    boolean human = by == HandledBy.HUMAN;
    double sentiment = tone(mood);
    TouchpointBuilder touch =
        human
            ? sim.touchIdentified(c, Vocabulary.CONTACT_ENDED, channel, Direction.INBOUND)
            : sim.touch(c, Vocabulary.CONTACT_ENDED, channel, Direction.INBOUND);
    describe(touch)
        .handledBy(by)
        .outcome(outcome)
        .waitSeconds(wait < 0 ? null : (Integer) wait)
        .handleSeconds(handle)
        .cost(Costs.of(channel, by, handle));
    if (human) {
      touch.agent(c.brand.agent(dice)).transfers(passed).sentiment(sentiment);
    }
    lastContact = sim.publish(touch);
    contacts++;
    transfers += passed;
    waited += Math.max(0, wait);
    if (lastChannel != null && lastChannel != channel) {
      switches++;
    }
    lastChannel = channel;
    if (outcome == Outcome.RESOLVED && wait >= 0 && wait <= 60) {
      c.good(Pillar.TIME_AND_EFFORT, sim.now());
    }
    if (contacts >= 3) {
      c.bad(Pillar.RESOLUTION, contacts >= 5 ? Severity.HIGH : Severity.MEDIUM, sim.now());
    }
    return sentiment;
  }

  private void settled(boolean hurried) {
    boolean comesBack = dice.chance(hurried ? Rates.HURRIED_COMES_BACK : Rates.COMES_BACK);
    if (comesBack && contacts < Rates.MOST_CONTACTS) {
      if (hurried) {
        c.bad(Pillar.RESOLUTION, Severity.MEDIUM, sim.now());
      }
      long at = sim.awake(c, sim.now() + dice.between(2 * HOUR, 60 * HOUR));
      sim.at(c, at, this::speakToSomebody);
    } else {
      if (contacts == 1) {
        c.good(Pillar.RESOLUTION, sim.now());
      }
      end(true);
    }
  }

  private void unsettled(boolean person) {
    if (!complained
        && dice.chance(Rates.COMPLAINS[Math.min(contacts, Rates.COMPLAINS.length - 1)])) {
      sim.at(c, sim.awake(c, sim.now() + dice.after(5 * HOUR)), this::complain);
    } else if (contacts >= Rates.MOST_CONTACTS || dice.chance(Rates.GIVES_UP)) {
      c.bad(Pillar.RESOLUTION, Severity.HIGH, sim.now());
      end(false);
    } else if (person && dice.chance(Rates.CALLBACK_PROMISED)) {
      sim.in(c, dice.between(2 * SECOND, 30 * SECOND), this::promise);
    } else {
      again();
    }
  }

  private void again() {
    double later = dice.exponential(need.urgencyHours()) * HOUR;
    long at = sim.awake(c, sim.now() + 10 * MINUTE + (long) later);
    sim.at(c, at, dice.chance(0.5) ? this::speakToSomebody : this::approach);
  }

  private void promise() {
    long due = c.brand.open(sim.now() + dice.between(2 * HOUR, 24 * HOUR), dice) + HOUR;
    sim.publish(touch(Vocabulary.CALLBACK_PROMISED, Channel.VOICE, Direction.OUTBOUND).dueAt(due));
    if (dice.chance(Rates.CALLBACK_KEPT)) {
      long at = due - dice.between(0, Math.min(2 * HOUR, due - sim.now() - 1));
      sim.at(c, at, () -> callBack(true));
    } else if (dice.chance(0.4)) {
      sim.at(c, c.brand.open(due + dice.after(8 * HOUR) + MINUTE, dice), () -> callBack(false));
    } else {
      sim.at(
          c,
          sim.awake(c, due + dice.after(6 * HOUR)),
          () -> {
            c.bad(Pillar.INTEGRITY, Severity.HIGH, sim.now());
            call();
          });
    }
  }

  private void callBack(boolean kept) {
    sim.publish(touch(Vocabulary.CALLBACK_MADE, Channel.VOICE, Direction.OUTBOUND));
    if (kept) {
      c.good(Pillar.INTEGRITY, sim.now());
    } else {
      c.bad(Pillar.INTEGRITY, Severity.HIGH, sim.now());
    }
    if (dice.chance(need.human())) {
      end(true);
    } else {
      unsettled(false);
    }
  }

  private void complain() {
    complained = true;
    Channel channel = dice.chance(0.5) ? Channel.EMAIL : Channel.WEB;
    sim.publish(
        touch(Vocabulary.COMPLAINT_FILED, channel, Direction.INBOUND).sentiment(tone(-0.55)));
    if (dice.chance(Rates.COMPLAINT_FORGOTTEN)) {
      sim.in(
          c,
          7 * DAY + dice.after(DAY),
          () -> {
            c.bad(Pillar.RESOLUTION, Severity.HIGH, sim.now());
            end(false);
          });
      return;
    }
    long filedAt = sim.now();
    long resolved = c.brand.open(filedAt + HOUR + dice.after(Rates.COMPLAINT_MEAN), dice);
    boolean apology = dice.chance(Rates.APOLOGY);
    if (apology) {
      long at = filedAt + (long) ((resolved - filedAt) * dice.between(0.2, 0.9));
      sim.at(
          c,
          Math.min(c.brand.open(at, dice), resolved - 1),
          () -> sim.publish(touch(Vocabulary.APOLOGY_GIVEN, channel, Direction.OUTBOUND)));
    }
    sim.at(
        c,
        resolved,
        () -> {
          sim.publish(touch(Vocabulary.COMPLAINT_RESOLVED, channel, Direction.OUTBOUND));
          if (apology && sim.now() - filedAt <= 2 * DAY) {
            c.good(Pillar.RESOLUTION, sim.now());
          }
          end(true);
        });
  }

  private void end(boolean settled) {
    c.busy = false;
    if (lastContact != null) {
      double effort = Math.min(7, contacts + switches + transfers + waited / 300.0);
      double quality = settled ? Math.max(-1, 1 - 0.5 * (effort - 1)) : -2;
      sim.surveys().afterContact(c, lastContact, lastChannel, need, quality, effort);
    }
    if (onSettled != null && settled) {
      c.busy = true;
      onSettled.run();
    }
  }

  private double tone(double mean) {
    double tone = dice.normal(mean, 0.18) - (complained ? 0.1 : 0);
    return Math.round(Math.max(-1, Math.min(1, tone)) * 100) / 100.0;
  }

  private TouchpointBuilder touch(String type, Channel channel, Direction direction) {
    return describe(sim.touch(c, type, channel, direction));
  }

  private TouchpointBuilder describe(TouchpointBuilder touch) {
    return touch.purpose(Purpose.SERVICE).area(need.area()).topic(need.topic()).caseId(caseId);
  }
}
