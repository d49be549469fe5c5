package io.fermata.generate;

import io.fermata.model.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Injects bad experiences of which it is known beforehand what should be noticed, and says so. */
final class Incidents {

  private final Simulation sim;
  private final Consumer<Incident> truth;

  Incidents(Simulation sim, Consumer<Incident> truth) {
    this.sim = sim;
    this.truth = truth;
  }

  /**
   * Begins an incident that fits the customer, unless the end of the simulation is too near; false
   * when there is none.
   */
  boolean inject(Customer c) {
    if (c.busy) {
      return false;
    }
    List<IncidentScript> fitting = IncidentScript.fitting(c);
    IncidentScript script = fitting.get(c.dice.between(0, fitting.size() - 1));
    IncidentScript.Scene scene = script.stage(c, sim.now());
    long from = sim.now() + scene.beats().get(0).offset();
    long until = sim.now() + scene.until();
    long over = Math.max(until, sim.now() + scene.last()) + Rates.INCIDENT_MARGIN;
    if (!sim.reaches(over)) {
      return false;
    }
    c.busy = true;
    c.incidentUntil = over;
    List<String> ids = new ArrayList<>(scene.beats().size());
    for (IncidentScript.Beat beat : scene.beats()) {
      sim.in(c, beat.offset(), () -> ids.add(perform(c, beat)));
    }
    sim.at(
        c,
        over,
        () -> {
          c.busy = false;
          c.bad(script.pillar(), Severity.HIGH, until);
          truth.accept(
              new Incident(script.rule(), c.identity.get(0).key(), from, until, ids, script.why()));
        });
    return true;
  }

  private String perform(Customer c, IncidentScript.Beat beat) {
    if (beat.type().equals(Vocabulary.CONSENT_WITHDRAWN)) {
      c.optedOut.add(beat.channel());
    }
    return sim.publish(
        beat.finish(sim.touchIdentified(c, beat.type(), beat.channel(), beat.direction())));
  }
}
