package io.fermata.generate;

import static io.fermata.generate.Units.DAY;
import static io.fermata.generate.Units.HOUR;
import static io.fermata.generate.Units.MINUTE;

import io.fermata.model.Area;
import io.fermata.model.Channel;
import io.fermata.model.Direction;
import io.fermata.model.Pillar;
import io.fermata.model.Purpose;
import io.fermata.model.TouchpointBuilder;
import java.util.List;

/**
 * Visits to the web site or the app: pages, searches, offers, self service, orders and carts left.
 */
final class Browsing {

  private static final String CART = "cart";

  private final Simulation sim;

  Browsing(Simulation sim) {
    this.sim = sim;
  }

  void begin(Customer c) {
    double perWeek = c.brand.profile.sessionsPerWeek() * c.persona.pace();
    long at = sim.now() + c.dice.after(7 * DAY / perWeek);
    sim.at(
        c,
        sim.awake(c, at),
        () -> {
          begin(c);
          visit(c);
        });
  }

  /** A session that starts now. */
  void visit(Customer c) {
    Channel channel = Simulation.alone(c);
    sim.publish(touch(c, Vocabulary.SESSION_STARTED, channel));
    look(c, channel, c.dice.between(1, Rates.MOST_PAGES));
  }

  private void look(Customer c, Channel channel, int left) {
    sim.in(c, Simulation.moment(c.dice), () -> see(c, channel, left));
  }

  private void see(Customer c, Channel channel, int left) {
    if (left == 0) {
      leave(c, channel);
      return;
    }
    IndustryProfile profile = c.brand.profile;
    double what = c.dice.unit();
    if (what < Rates.SEARCHES) {
      int results = c.dice.chance(Rates.NOTHING_FOUND) ? 0 : c.dice.between(1, 60);
      sim.publish(
          touch(c, Vocabulary.SEARCH_PERFORMED, channel)
              .attributes(c.brand.searchAttributes(c, results)));
    } else if (what < Rates.SEARCHES + Rates.OFFERS) {
      String offer = one(c, profile.offers());
      sim.publish(offer(c, Vocabulary.OFFER_SHOWN, channel, offer));
      if (c.dice.chance(Rates.OFFER_ACCEPTED)) {
        sim.in(c, Simulation.moment(c.dice) / 2, () -> accept(c, channel, offer));
      }
    } else if (what < Rates.SEARCHES + Rates.OFFERS + Rates.SELF_SERVES) {
      boolean works = c.dice.chance(Rates.SELF_SERVICE_WORKS);
      sim.publish(
          touch(
                  c,
                  works ? Vocabulary.SELFSERVICE_COMPLETED : Vocabulary.SELFSERVICE_FAILED,
                  channel)
              .purpose(Purpose.SERVICE)
              .area(Area.SERVICE)
              .topic(one(c, profile.selfService())));
      if (works) {
        c.good(Pillar.TIME_AND_EFFORT, sim.now());
      }
    } else {
      sim.publish(touch(c, Vocabulary.PAGE_VIEWED, channel));
    }
    look(c, channel, left - 1);
  }

  private void accept(Customer c, Channel channel, String offer) {
    if (!c.inIncident(sim.now())) {
      sim.publish(offer(c, Vocabulary.OFFER_ACCEPTED, channel, offer));
      c.good(Pillar.PERSONALISATION, sim.now());
    }
  }

  private void leave(Customer c, Channel channel) {
    double how = c.dice.unit();
    IndustryProfile profile = c.brand.profile;
    if (how < profile.orders()) {
      sim.orders().place(c, channel);
    } else if (how < profile.orders() + profile.carts()) {
      sim.publish(
          touch(c, Vocabulary.CART_ABANDONED, channel)
              .purpose(Purpose.OTHER)
              .area(Area.SALES)
              .topic(CART));
      if (c.dice.chance(Rates.CART_REMINDER)) {
        remindOfCart(c, channel, c.dice.between(40 * MINUTE, 3 * HOUR), Rates.SECOND_CART_REMINDER);
      }
    }
  }

  private void remindOfCart(Customer c, Channel channel, long delay, double once) {
    sim.in(
        c,
        delay,
        () -> {
          if (c.optedOut.contains(Channel.EMAIL)) {
            return;
          }
          sim.publish(cartReminder(c));
          if (!c.inIncident(sim.now()) && c.dice.chance(Rates.CART_RESCUED)) {
            long at = sim.awake(c, sim.now() + c.dice.after(2 * HOUR));
            sim.at(c, at, () -> sim.orders().place(c, channel));
          } else if (c.dice.chance(once)) {
            remindOfCart(c, channel, c.dice.between(20 * HOUR, 28 * HOUR), 0);
          }
        });
  }

  /** One reminder by e-mail of a cart that was left. */
  TouchpointBuilder cartReminder(Customer c) {
    return sim.touch(c, Vocabulary.MESSAGE_SENT, Channel.EMAIL, Direction.OUTBOUND)
        .purpose(Purpose.MARKETING)
        .area(Area.SALES)
        .topic(CART)
        .campaign("cart-reminder");
  }

  private TouchpointBuilder offer(Customer c, String type, Channel channel, String offer) {
    return touch(c, type, channel).purpose(Purpose.MARKETING).area(Area.SALES).topic(offer);
  }

  private TouchpointBuilder touch(Customer c, String type, Channel channel) {
    return sim.touch(c, type, channel, Direction.SELF);
  }

  private static String one(Customer c, List<String> topics) {
    return topics.get(c.dice.between(0, topics.size() - 1));
  }
}
