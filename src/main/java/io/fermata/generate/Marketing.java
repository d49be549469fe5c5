package io.fermata.generate;

import static io.fermata.generate.Units.DAY;
import static io.fermata.generate.Units.HOUR;
import static io.fermata.generate.Units.SECOND;

import io.fermata.model.Area;
import io.fermata.model.Channel;
import io.fermata.model.Direction;
import io.fermata.model.Pillar;
import io.fermata.model.Purpose;
import io.fermata.model.Severity;
import io.fermata.model.TouchpointBuilder;
import java.util.List;

/** Campaigns, how they are received, and consent withdrawn when they are too many. */
final class Marketing {

  private static final Channel[] CHANNELS = {
    Channel.EMAIL,
    Channel.PUSH,
    Channel.SMS,
    Channel.IN_APP,
    Channel.MESSENGER,
    Channel.VOICE,
    Channel.POST
  };

  private final Simulation sim;

  Marketing(Simulation sim) {
    this.sim = sim;
  }

  void begin(Customer c) {
    double perWeek = c.brand.messagesPerWeek(sim.now());
    long at = sim.now() + c.dice.after(7 * DAY / perWeek);
    // The sender looks at its own clock, not at the customer's.
    sim.at(c, c.brand.mailing(at, c.dice), () -> send(c));
  }

  private void send(Customer c) {
    begin(c);
    Channel channel = CHANNELS[c.dice.weighted(Rates.MARKETING_CHANNELS)];
    if (c.optedOut.contains(channel)) {
      return;
    }
    List<String> campaigns = c.brand.profile.campaigns();
    String topic = campaigns.get(c.dice.between(0, campaigns.size() - 1));
    String campaign = c.brand.campaign(topic, sim.now());
    sim.publish(message(c, Vocabulary.MESSAGE_SENT, channel, Direction.OUTBOUND, campaign, topic));
    if (c.dice.chance(Rates.BOUNCED)) {
      sim.in(
          c,
          c.dice.between(SECOND, 30 * SECOND),
          () ->
              sim.publish(
                  message(
                      c,
                      Vocabulary.MESSAGE_BOUNCED,
                      channel,
                      Direction.OUTBOUND,
                      campaign,
                      topic)));
    } else if (c.dice.chance(interest(c))) {
      long at = sim.awake(c, sim.now() + c.dice.after(3 * HOUR));
      sim.at(c, at, () -> open(c, channel, campaign, topic));
    } else {
      ignore(c, channel, campaign, topic);
    }
  }

  private double interest(Customer c) {
    double annoyance = c.annoyance(sim.now()) / c.persona.tolerance();
    return c.persona.interest() / (1 + annoyance * annoyance);
  }

  private void open(Customer c, Channel channel, String campaign, String topic) {
    if (c.inIncident(sim.now())) {
      return;
    }
    sim.publish(message(c, Vocabulary.MESSAGE_OPENED, channel, Direction.SELF, campaign, topic));
    c.annoy(-1, sim.now());
    if (c.dice.chance(Rates.CLICKED)) {
      sim.in(c, Simulation.moment(c.dice), () -> click(c, channel, campaign, topic));
    }
  }

  private void click(Customer c, Channel channel, String campaign, String topic) {
    sim.publish(message(c, Vocabulary.MESSAGE_CLICKED, channel, Direction.SELF, campaign, topic));
    c.good(Pillar.PERSONALISATION, sim.now());
    sim.in(c, 2 * SECOND, () -> sim.browsing().visit(c));
  }

  private void ignore(Customer c, Channel channel, String campaign, String topic) {
    c.annoy(1, sim.now());
    if (c.annoyance(sim.now()) <= c.persona.tolerance()) {
      return;
    }
    if (c.dice.chance(Rates.ANNOYED)) {
      c.bad(Pillar.EXPECTATIONS, Severity.MEDIUM, sim.now());
    }
    if (c.dice.chance(Rates.WITHDRAWS)) {
      long at = sim.awake(c, sim.now() + c.dice.after(6 * HOUR));
      sim.at(c, at, () -> withdraw(c, channel, campaign, topic));
    }
  }

  private void withdraw(Customer c, Channel channel, String campaign, String topic) {
    if (c.inIncident(sim.now()) || !c.optedOut.add(channel)) {
      return;
    }
    String type =
        c.dice.chance(Rates.COMPLAINS_OF_SPAM)
            ? Vocabulary.MESSAGE_COMPLAINED
            : Vocabulary.CONSENT_WITHDRAWN;
    sim.publish(message(c, type, channel, Direction.INBOUND, campaign, topic));
    c.bad(Pillar.INTEGRITY, Severity.HIGH, sim.now());
  }

  private TouchpointBuilder message(
      Customer c,
      String type,
      Channel channel,
      Direction direction,
      String campaign,
      String topic) {
    return sim.touch(c, type, channel, direction)
        .purpose(Purpose.MARKETING)
        .area(Area.MARKETING)
        .topic(topic)
        .campaign(campaign);
  }
}
