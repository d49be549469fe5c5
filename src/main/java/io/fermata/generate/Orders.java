package io.fermata.generate;

import static io.fermata.generate.Units.DAY;
import static io.fermata.generate.Units.HOUR;
import static io.fermata.generate.Units.MINUTE;
import static io.fermata.generate.Units.SECOND;

import io.fermata.model.Area;
import io.fermata.model.Channel;
import io.fermata.model.Direction;
import io.fermata.model.Pillar;
import io.fermata.model.Purpose;
import io.fermata.model.Severity;
import io.fermata.model.TouchpointBuilder;

/** Orders: promised, looked up, asked about, delivered in time or late. */
final class Orders {

  static final String TOPIC = "order-status";

  private final Simulation sim;

  Orders(Simulation sim) {
    this.sim = sim;
  }

  /** An order that is placed now. */
  void place(Customer c, Channel channel) {
    Dice dice = c.dice;
    String order = c.newCase();
    sim.publish(touch(c, Vocabulary.ORDER_PLACED, channel, Direction.SELF, order));
    long promised = sim.now() + dice.between(5 * SECOND, 10 * MINUTE);
    long due = c.brand.clock.next(promised + dice.between(1, 4) * DAY, 20 * HOUR);
    sim.at(
        c,
        promised,
        () ->
            sim.publish(
                touch(c, Vocabulary.ORDER_PROMISED, Channel.EMAIL, Direction.OUTBOUND, order)
                    .dueAt(due)));
    boolean late = dice.chance(Rates.DELIVERED_LATE);
    long delivered =
        late
            ? c.brand.open(due + 10 * HOUR + dice.after(36 * HOUR), dice)
            : c.brand.clock.next(due - DAY, 9 * HOUR) + dice.between(0L, 10 * HOUR);
    long sent = promised + (delivered - promised) / 3;
    sim.at(
        c,
        sent,
        () ->
            sim.publish(
                touch(c, Vocabulary.MESSAGE_SENT, Channel.EMAIL, Direction.OUTBOUND, order)));
    if (dice.chance(Rates.LOOKS_UP_ORDER)) {
      long at = sim.awake(c, promised + dice.between(HOUR, delivered - promised));
      if (at < delivered) {
        sim.at(c, at, () -> lookUp(c, channel, order, Rates.CALLS_ABOUT_ORDER));
      }
    }
    if (late) {
      long at = sim.awake(c, due + dice.after(6 * HOUR));
      if (at < delivered) {
        sim.at(c, at, () -> lookUp(c, channel, order, Rates.CALLS_ABOUT_LATE_ORDER));
      }
    }
    sim.at(c, delivered, () -> deliver(c, order, late));
  }

  private void lookUp(Customer c, Channel channel, String order, double calls) {
    sim.publish(touch(c, Vocabulary.ORDER_STATUS_VIEWED, channel, Direction.SELF, order));
    if (c.brand.industry == Industry.SHOP && c.dice.chance(calls)) {
      sim.in(c, c.dice.between(3 * MINUTE, 3 * HOUR), () -> sim.needs().aboutOrder(c, order));
    }
  }

  private void deliver(Customer c, String order, boolean late) {
    String id =
        sim.publish(
            touch(c, Vocabulary.ORDER_DELIVERED, Channel.PARTNER, Direction.OUTBOUND, order));
    if (late) {
      c.bad(Pillar.EXPECTATIONS, Severity.MEDIUM, sim.now());
    } else {
      c.good(Pillar.EXPECTATIONS, sim.now());
    }
    sim.surveys().afterDelivery(c, id, order, late);
  }

  private TouchpointBuilder touch(
      Customer c, String type, Channel channel, Direction direction, String order) {
    return sim.touch(c, type, channel, direction)
        .purpose(Purpose.TRANSACTIONAL)
        .area(Area.SALES)
        .topic(TOPIC)
        .caseId(order);
  }
}
