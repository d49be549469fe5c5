package io.fermata.generate;

import static io.fermata.generate.Units.DAY;

/**
 * Needs arise, one at a time, and become service journeys, tasks, or an injected bad experience.
 */
final class Needs {

  private final Simulation sim;
  private final Incidents incidents;
  private final double incidentShare;

  Needs(Simulation sim, Incidents incidents, double incidentShare) {
    this.sim = sim;
    this.incidents = incidents;
    this.incidentShare = incidentShare;
  }

  void begin(Customer c) {
    double perMonth = c.brand.profile.needsPerMonth() * c.persona.pace();
    long at = sim.now() + c.dice.after(30 * DAY / perMonth);
    sim.at(c, sim.awake(c, at), () -> arise(c));
  }

  private void arise(Customer c) {
    begin(c);
    boolean spoilt = c.dice.chance(incidentShare);
    if (c.busy || (spoilt && incidents.inject(c))) {
      return;
    }
    start(c, c.brand.profile.needs().get(c.dice.weighted(c.brand.needWeights)), null);
  }

  /** A need about an order, unless the customer is busy with another. */
  void aboutOrder(Customer c, String caseId) {
    if (!c.busy) {
      Need need = c.brand.profile.needs().get(0);
      c.busy = true;
      new ServiceJourney(sim, c, need, caseId).call();
    }
  }

  private void start(Customer c, Need need, String caseId) {
    c.busy = true;
    String named =
        caseId == null && (need.task() || c.dice.chance(Rates.OPENS_CASE)) ? c.newCase() : caseId;
    if (need.task()) {
      new TaskJourney(sim, c, need, named).begin();
    } else {
      new ServiceJourney(sim, c, need, named).begin();
    }
  }
}
