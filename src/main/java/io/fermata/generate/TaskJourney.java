package io.fermata.generate;

import static io.fermata.generate.Units.HOUR;
import static io.fermata.generate.Units.MINUTE;

import io.fermata.model.Channel;
import io.fermata.model.Direction;
import io.fermata.model.Pillar;
import io.fermata.model.Purpose;
import io.fermata.model.Severity;
import io.fermata.model.TouchpointBuilder;

/** A task with a goal that the customer sets about alone: done, dropped, or done with help. */
final class TaskJourney {

  private final Simulation sim;
  private final Customer c;
  private final Need need;
  private final String caseId;
  private final Channel channel;
  private long dueAt;
  private int pages;

  TaskJourney(Simulation sim, Customer c, Need need, String caseId) {
    this.sim = sim;
    this.c = c;
    this.need = need;
    this.caseId = caseId;
    this.channel = Simulation.alone(c);
  }

  void begin() {
    dueAt = sim.now() + Rates.TASK_GOAL;
    pages = c.dice.between(1, 4);
    sim.publish(touch(Vocabulary.TASK_STARTED).dueAt(dueAt));
    sim.in(c, Simulation.moment(c.dice), this::fillIn);
  }

  private void fillIn() {
    if (pages-- > 0) {
      sim.publish(touch(Vocabulary.PAGE_VIEWED));
      sim.in(c, Simulation.moment(c.dice), this::fillIn);
    } else if (c.dice.chance(need.self())) {
      complete();
    } else if (c.dice.chance(Rates.TASK_ABANDONED)) {
      sim.publish(touch(Vocabulary.TASK_ABANDONED));
      c.busy = false;
    } else {
      sim.publish(touch(Vocabulary.SELFSERVICE_FAILED));
      long pause = c.dice.between(5 * MINUTE, 50 * MINUTE);
      new ServiceJourney(sim, c, need, caseId).continueAfter(pause, this::completeLater);
    }
  }

  private void completeLater() {
    long at = sim.awake(c, sim.now() + c.dice.between(5 * MINUTE, 3 * HOUR));
    sim.at(c, at, this::complete);
  }

  private void complete() {
    sim.publish(touch(Vocabulary.TASK_COMPLETED).dueAt(dueAt));
    if (sim.now() > dueAt) {
      c.bad(Pillar.TIME_AND_EFFORT, Severity.MEDIUM, sim.now());
    }
    c.busy = false;
  }

  private TouchpointBuilder touch(String type) {
    return sim.touch(c, type, channel, Direction.SELF)
        .purpose(Purpose.SERVICE)
        .area(need.area())
        .topic(need.topic())
        .caseId(caseId);
  }
}
