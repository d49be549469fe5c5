package io.fermata.rules;

import io.fermata.model.Touchpoint;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;

/** For how long a match of a count rule counts: from its own time until its end. */
public sealed interface CountWindow {

  /** The moment from which on a match no longer counts, epoch milliseconds. */
  long endOf(Touchpoint match);

  /** A fixed time, in milliseconds. */
  record Rolling(long millis) implements CountWindow {

    @Override
    public long endOf(Touchpoint match) {
      return match.occurredAt() + millis;
    }
  }

  /**
   * Until the calendar unit that the match is in ends.
   *
   * @param zone a name that {@link Zones#find} knows, or {@link #CUSTOMER} for the match's own time
   *     zone, UTC where it has none that is known
   */
  record Calendar(CalendarUnit unit, String zone) implements CountWindow {

    public static final String CUSTOMER = "customer";

    @Override
    public long endOf(Touchpoint match) {
      return unit.endAfter(match.occurredAt(), zoneOf(match));
    }

    private ZoneId zoneOf(Touchpoint match) {
      String name = zone.equals(CUSTOMER) ? match.timeZone() : zone;
      Optional<Zone> found = name == null ? Optional.empty() : Zones.find(name);
      return found.map(Zone::id).orElse(ZoneOffset.UTC);
    }
  }
}
