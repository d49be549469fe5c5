package io.fermata.rules;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;

/**
 * A time zone that remembers the stretch between two changes of its clocks that it was asked about
 * last: looking its offset up in the zone's rules is most of the cost of asking what hour it is.
 */
public final class Zone {

  /** A time during which the clocks are not changed. */
  private record Stretch(long from, long until, ZoneOffset offset) {}

  private final ZoneId id;
  private volatile Stretch last = new Stretch(0, 0, ZoneOffset.UTC);

  Zone(ZoneId id) {
    this.id = id;
  }

  public ZoneId id() {
    return id;
  }

  /** The offset from UTC that holds at a time in epoch milliseconds. */
  public ZoneOffset offsetAt(long at) {
    Stretch stretch = last;
    if (at < stretch.from || at >= stretch.until) {
      stretch = stretchAround(at);
      last = stretch;
    }
    return stretch.offset;
  }

  private Stretch stretchAround(long at) {
    ZoneRules rules = id.getRules();
    Instant instant = Instant.ofEpochMilli(at);
    // A change at this very moment has happened already.
    ZoneOffsetTransition before = rules.previousTransition(instant.plusMillis(1));
    ZoneOffsetTransition after = rules.nextTransition(instant);
    return new Stretch(
        before == null ? Long.MIN_VALUE : before.getInstant().toEpochMilli(),
        after == null ? Long.MAX_VALUE : after.getInstant().toEpochMilli(),
        rules.getOffset(instant));
  }
}
