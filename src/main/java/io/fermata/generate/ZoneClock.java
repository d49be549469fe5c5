package io.fermata.generate;

import static io.fermata.generate.Units.DAY;
import static io.fermata.generate.Units.HOUR;

import java.time.Instant;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;

/** Local time in one zone, without an object per question: the offset is kept until it changes. */
final class ZoneClock {

  private final String zone;
  private final ZoneRules rules;
  private long validFrom = Long.MAX_VALUE;
  private long validUntil = Long.MIN_VALUE;
  private long offset;

  ZoneClock(String zone) {
    this.zone = zone;
    this.rules = ZoneId.of(zone).getRules();
  }

  String zone() {
    return zone;
  }

  /** Hour of the day, 0..23. */
  int hour(long at) {
    return (int) (Math.floorMod(local(at), DAY) / HOUR);
  }

  /** Day of the week, 0 (Monday) .. 6. */
  int weekday(long at) {
    return (int) Math.floorMod(Math.floorDiv(local(at), DAY) + 3, 7L);
  }

  /** The first moment from {@code at} on at which so much of the local day has passed. */
  long next(long at, long timeOfDay) {
    long passed = Math.floorMod(local(at), DAY);
    return at + Math.floorMod(timeOfDay - passed, DAY);
  }

  private long local(long at) {
    if (at < validFrom || at >= validUntil) {
      lookUp(at);
    }
    return at + offset;
  }

  private void lookUp(long at) {
    Instant instant = Instant.ofEpochMilli(at);
    offset = rules.getOffset(instant).getTotalSeconds() * Units.SECOND;
    ZoneOffsetTransition next = rules.nextTransition(instant);
    validFrom = at;
    validUntil = next == null ? Long.MAX_VALUE : next.getInstant().toEpochMilli();
  }
}
