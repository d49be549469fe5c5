package io.fermata.generate;

import static io.fermata.generate.Units.HOUR;

import io.fermata.model.Area;
import io.fermata.model.Channel;
import io.fermata.model.Direction;
import io.fermata.model.HandledBy;
import io.fermata.model.Outcome;
import io.fermata.model.Pillar;
import io.fermata.model.Purpose;
import io.fermata.model.Score;
import io.fermata.model.ScoreKind;
import io.fermata.model.Touchpoint;
import io.fermata.model.TouchpointBuilder;

/** Surveys some time after a contact; the answers come from what the customer remembers. */
final class Surveys {

  private static final ScoreKind[] KINDS = {ScoreKind.NPS, ScoreKind.CSAT, ScoreKind.CES};
  private static final Channel[] CHANNELS = {Channel.EMAIL, Channel.SMS, Channel.IN_APP};

  private final Simulation sim;

  Surveys(Simulation sim) {
    this.sim = sim;
  }

  /**
   * What is asked about.
   *
   * @param quality how it went, -2 .. 1
   * @param effort how hard it was, 1 .. 7
   */
  private record Question(
      ScoreKind kind,
      String about,
      Channel channel,
      Area area,
      String topic,
      String caseId,
      double quality,
      double effort) {}

  void afterContact(
      Customer c, String contact, Channel channel, Need need, double quality, double effort) {
    ask(
        c,
        new Question(
            KINDS[c.dice.weighted(Rates.SURVEY_KINDS)],
            contact,
            channel,
            need.area(),
            need.topic(),
            null,
            quality,
            effort));
  }

  void afterDelivery(Customer c, String delivery, String order, boolean late) {
    ask(
        c,
        new Question(
            ScoreKind.FEEDBACK,
            delivery,
            Channel.PARTNER,
            Area.SALES,
            Orders.TOPIC,
            order,
            late ? -1.5 : 0.7,
            1));
  }

  private void ask(Customer c, Question question) {
    boolean rested = sim.now() - c.surveyedAt >= Rates.SURVEY_PAUSE;
    if (c.dice.chance(sim.surveyShare()) && (rested || c.dice.chance(Rates.SURVEYED_TOO_OFTEN))) {
      c.surveyedAt = sim.now();
      long at = sim.awake(c, sim.now() + HOUR + c.dice.after(8 * HOUR));
      Channel channel = c.dice.pick(CHANNELS);
      sim.at(
          c,
          at,
          () -> {
            sim.publish(touch(c, Vocabulary.SURVEY_SENT, channel, Direction.OUTBOUND, question));
            long answered = sim.awake(c, sim.now() + c.dice.after(7 * HOUR));
            sim.at(c, answered, () -> consider(c, channel, question));
          });
    }
  }

  private void consider(Customer c, Channel channel, Question question) {
    double mood = c.mood.nps(sim.now()) + c.persona.leniency();
    double answers = Rates.ANSWERS_BASE + Rates.ANSWERS_PER_POINT * Math.abs(mood - Rates.NPS_BASE);
    if (c.inIncident(sim.now()) || !c.dice.chance(Math.min(Rates.ANSWERS_MOST, answers))) {
      return;
    }
    TouchpointBuilder touch =
        touch(c, Vocabulary.SURVEY_ANSWERED, channel, Direction.INBOUND, question);
    Score score =
        sim.meter() != null && question.kind() == ScoreKind.NPS
            ? measured(c.dice, touch, question)
            : answer(c.dice, mood, question);
    sim.publish(touch.score(score));
    if (score.kind() == ScoreKind.NPS
        && score.value() <= 6
        && c.dice.chance(Rates.DETRACTOR_CALLED)) {
      long at = c.brand.open(sim.now() + c.dice.between(2 * HOUR, 30 * HOUR), c.dice);
      sim.at(c, at, () -> callDetractor(c, question));
    }
  }

  /** An answer that follows how the customer stands as seen from outside, and nothing else. */
  private Score measured(Dice dice, TouchpointBuilder touch, Question question) {
    Touchpoint provisional = touch.score(score(question, 0, 0, 10)).build();
    double expected = NpsModel.MEASURED.expected(sim.meter().before(provisional));
    return score(question, expected + dice.normal(0, NpsModel.MEASURED.noise()), 0, 10);
  }

  private static Score answer(Dice dice, double mood, Question question) {
    double above = mood - Rates.NPS_BASE;
    return switch (question.kind()) {
      case NPS -> score(question, mood + dice.normal(0, Rates.NPS_NOISE), 0, 10);
      case CES ->
          score(
              question,
              Rates.CES_BASE
                  - Rates.CES_PER_EFFORT * (question.effort() - 1)
                  + dice.normal(0, Rates.CES_NOISE),
              1,
              7);
      default ->
          score(
              question,
              Rates.CSAT_BASE
                  + Rates.CSAT_PER_QUALITY * question.quality()
                  + Rates.CSAT_PER_NPS_POINT * above
                  + dice.normal(0, Rates.CSAT_NOISE),
              1,
              5);
    };
  }

  private static Score score(Question question, double value, int min, int max) {
    long rounded = Math.max(min, Math.min(max, Math.round(value)));
    return new Score(question.kind(), rounded, min, max, question.about());
  }

  private void callDetractor(Customer c, Question question) {
    if (c.inIncident(sim.now())) {
      return;
    }
    int handle = c.dice.between(90, 420);
    sim.publish(
        sim.touchIdentified(c, Vocabulary.CONTACT_ENDED, Channel.VOICE, Direction.OUTBOUND)
            .purpose(Purpose.SERVICE)
            .area(question.area())
            .topic("close-the-loop")
            .handledBy(HandledBy.HUMAN)
            .agent(c.brand.agent(c.dice))
            .outcome(Outcome.NONE)
            .handleSeconds(handle)
            .cost(Costs.of(Channel.VOICE, HandledBy.HUMAN, handle)));
    c.good(Pillar.EMPATHY, sim.now());
  }

  private TouchpointBuilder touch(
      Customer c, String type, Channel channel, Direction direction, Question question) {
    return sim.touch(c, type, channel, direction)
        .purpose(Purpose.SURVEY)
        .area(question.area())
        .topic(question.topic())
        .caseId(question.caseId());
  }
}
