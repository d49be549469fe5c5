package io.fermata.replay;

import io.fermata.codec.TouchpointCodec;
import io.fermata.journey.KeeperSettings;
import io.fermata.journey.Kept;
import io.fermata.journey.MemoryJourneys;
import io.fermata.journey.ViewCollector;
import io.fermata.model.Touchpoint;
import io.fermata.rules.RuleSet;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes touchpoints in the order of their arrival, as the stream does, with its limited lateness.
 */
final class KeeperFolder implements CustomerFolder {

  private final KeeperSettings settings;
  private final RuleSet rules;

  KeeperFolder(KeeperSettings settings, RuleSet rules) {
    this.settings = settings;
    this.rules = rules;
  }

  @Override
  public Folded fold(String customer, List<Touchpoint> arrivals, long clock) {
    MemoryJourneys journeys = new MemoryJourneys(rules, settings, TouchpointCodec.INSTANCE::decode);
    ViewCollector views = new ViewCollector();
    List<Touchpoint> tooLate = new ArrayList<>();
    int folded = 0;
    int duplicates = 0;
    for (Touchpoint touchpoint : arrivals) {
      byte[] encoded = TouchpointCodec.INSTANCE.encode(touchpoint);
      Kept kept = journeys.accept(customer, touchpoint, encoded, views);
      switch (kept.outcome()) {
        case FOLDED -> folded++;
        case DUPLICATE -> duplicates++;
        case TOO_LATE -> tooLate.add(touchpoint);
      }
    }
    journeys.settle(clock, views);
    return new Folded(views.views(), folded, duplicates, tooLate);
  }
}
