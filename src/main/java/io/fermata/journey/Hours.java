package io.fermata.journey;

import io.fermata.rules.Zone;
import io.fermata.rules.Zones;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Optional;

/** When the hours begin where the customer is. */
final class Hours {

  private static final long HOUR = Duration.ofHours(1).toMillis();

  private final String zoneName;
  private long asked = Long.MIN_VALUE;
  private long answer;

  /**
   * @param zoneName UTC where it is null or names no zone
   */
  Hours(String zoneName) {
    this.zoneName = zoneName;
  }

  /** The beginning of the next hour by the offset that holds at a time; always after that time. */
  long after(long at) {
    if (at != asked) {
      asked = at;
      long offset = offsetAt(at).getTotalSeconds() * 1000L;
      answer = at - Math.floorMod(at + offset, HOUR) + HOUR;
    }
    return answer;
  }

  private ZoneOffset offsetAt(long at) {
    Optional<Zone> zone = zoneName == null ? Optional.empty() : Zones.find(zoneName);
    return zone.isPresent() ? zone.get().offsetAt(at) : ZoneOffset.UTC;
  }
}
