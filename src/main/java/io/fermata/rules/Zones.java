package io.fermata.rules;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** Time zones by the names that touchpoints and rules give them. */
public final class Zones {

  /** Names come from the input; beyond this many they are worked out each time. */
  private static final int REMEMBERED = 1024;

  private static final Pattern BARE_OFFSET = Pattern.compile("\\d{2}:\\d{2}");

  private static final Map<String, Optional<Zone>> ZONES = new ConcurrentHashMap<>();

  private Zones() {}

  /**
   * The zone of an IANA name or an offset such as {@code +02:00}; empty where there is none.
   *
   * @param name not null
   */
  public static Optional<Zone> find(String name) {
    Optional<Zone> known = ZONES.get(name);
    if (known != null) {
      return known;
    }
    Optional<Zone> zone = parse(name);
    if (ZONES.size() < REMEMBERED) {
      ZONES.put(name, zone);
    }
    return zone;
  }

  private static Optional<Zone> parse(String name) {
    try {
      return Optional.of(
          new Zone(
              BARE_OFFSET.matcher(name).matches() ? ZoneOffset.of("+" + name) : ZoneId.of(name)));
    } catch (DateTimeException noSuchZone) {
      return Optional.empty();
    }
  }
}
