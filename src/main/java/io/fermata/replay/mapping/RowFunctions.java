package io.fermata.replay.mapping;

import static dev.cel.common.types.SimpleType.INT;
import static dev.cel.common.types.SimpleType.STRING;
import static dev.cel.common.types.SimpleType.TIMESTAMP;

import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.types.CelType;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.CelFunctionOverload;
import io.fermata.model.Ids;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The functions that mappings have beyond CEL's own. Each fails with a message that says what was
 * expected; the row then becomes a dead letter.
 */
final class RowFunctions {

  /** The first year that a year of two digits stands for, as in POSIX. */
  private static final int FIRST_SHORT_YEAR = 1970;

  private static final Pattern CLOCK = Pattern.compile("(?:(\\d+):)?(\\d{1,2}):(\\d{1,2})");

  /** A year of exactly two digits, outside of quoted text. */
  private static final Pattern SHORT_YEAR =
      Pattern.compile("'[^']*'|(?<![yu])(?:yy|uu)(?![yu])|.", Pattern.DOTALL);

  /** What patterns and zones were made into; mappings write few of each. */
  private static final Map<String, DateTimeFormatter> FORMATTERS = new ConcurrentHashMap<>();

  private static final Map<String, ZoneId> ZONES = new ConcurrentHashMap<>();

  private static final Map<CelType, Class<?>> NATIVE =
      Map.of(STRING, String.class, INT, Long.class, TIMESTAMP, Instant.class);

  private final List<CelFunctionDecl> declarations = new ArrayList<>();
  private final List<CelFunctionBinding> bindings = new ArrayList<>();

  RowFunctions() {
    define(
        "time",
        overload("time_text_pattern_zone", TIMESTAMP, RowFunctions::local, STRING, STRING, STRING),
        overload("time_text_pattern", TIMESTAMP, RowFunctions::absolute, STRING, STRING));
    define(
        "nextDay", overload("next_day_zone", TIMESTAMP, RowFunctions::nextDay, TIMESTAMP, STRING));
    define("seconds", overload("seconds_clock", INT, args -> seconds((String) args[0]), STRING));
    define(
        "millis",
        overload("millis_epoch", TIMESTAMP, args -> Instant.ofEpochMilli((Long) args[0]), INT));
    define("hash", overload("hash_text", STRING, args -> Ids.sha256((String) args[0], 32), STRING));
  }

  List<CelFunctionDecl> declarations() {
    return declarations;
  }

  List<CelFunctionBinding> bindings() {
    return bindings;
  }

  /**
   * @throws IllegalArgumentException when it is no pattern of date and time letters
   */
  static void checkPattern(String pattern) {
    formatterOf(pattern);
  }

  /**
   * @throws IllegalArgumentException when it is no time zone
   */
  static void checkZone(String name) {
    zone(name);
  }

  private static DateTimeFormatter formatterOf(String pattern) {
    return FORMATTERS.computeIfAbsent(pattern, RowFunctions::formatter);
  }

  private static Instant local(Object[] args) {
    String text = (String) args[0];
    TemporalAccessor parsed = parse(text, (String) args[1]);
    if (parsed.isSupported(ChronoField.INSTANT_SECONDS)) {
      return Instant.from(parsed);
    }
    LocalDateTime local =
        parsed.isSupported(ChronoField.HOUR_OF_DAY)
            ? LocalDateTime.from(parsed)
            : LocalDate.from(parsed).atStartOfDay();
    return local.atZone(zone((String) args[2])).toInstant();
  }

  private static Instant absolute(Object[] args) {
    TemporalAccessor parsed = parse((String) args[0], (String) args[1]);
    if (!parsed.isSupported(ChronoField.INSTANT_SECONDS)) {
      throw new IllegalArgumentException(
          "the pattern '" + args[1] + "' has no offset, expected time(text, pattern, zone)");
    }
    return Instant.from(parsed);
  }

  private static TemporalAccessor parse(String text, String pattern) {
    try {
      return formatterOf(pattern).parse(text);
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(
          "'" + text + "' is no time, expected the pattern '" + pattern + "'", e);
    }
  }

  private static Instant nextDay(Object[] args) {
    ZonedDateTime local = ((Instant) args[0]).atZone(zone((String) args[1]));
    return local.plusDays(1).toInstant();
  }

  private static Long seconds(String text) {
    Matcher clock = CLOCK.matcher(text);
    if (!clock.matches()) {
      throw new IllegalArgumentException("'" + text + "' is no duration, expected h:mm:ss or m:ss");
    }
    long hours = clock.group(1) == null ? 0 : Long.parseLong(clock.group(1));
    return hours * 3600 + Long.parseLong(clock.group(2)) * 60 + Long.parseLong(clock.group(3));
  }

  private static ZoneId zone(String name) {
    return ZONES.computeIfAbsent(
        name,
        unknown -> {
          try {
            return ZoneId.of(unknown);
          } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                "'" + unknown + "' is no time zone, expected an IANA name like Europe/Warsaw", e);
          }
        });
  }

  private static DateTimeFormatter formatter(String pattern) {
    DateTimeFormatterBuilder builder = new DateTimeFormatterBuilder();
    StringBuilder piece = new StringBuilder();
    Matcher parts = SHORT_YEAR.matcher(pattern);
    while (parts.find()) {
      String part = parts.group();
      if (part.equals("yy") || part.equals("uu")) {
        builder.appendPattern(piece.toString());
        builder.appendValueReduced(ChronoField.YEAR, 2, 2, FIRST_SHORT_YEAR);
        piece.setLength(0);
      } else {
        piece.append(part);
      }
    }
    return builder.appendPattern(piece.toString()).toFormatter(Locale.ENGLISH);
  }

  private record Overload(CelOverloadDecl declaration, CelFunctionBinding binding) {}

  private static Overload overload(
      String id, CelType result, CelFunctionOverload body, CelType... parameters) {
    return new Overload(
        CelOverloadDecl.newGlobalOverload(id, result, parameters),
        CelFunctionBinding.from(
            id, Arrays.stream(parameters).<Class<?>>map(NATIVE::get).toList(), body));
  }

  private void define(String name, Overload... overloads) {
    declarations.add(
        CelFunctionDecl.newFunctionDeclaration(
            name, Arrays.stream(overloads).map(Overload::declaration).toList()));
    bindings.addAll(
        CelFunctionBinding.fromOverloads(
            name, Arrays.stream(overloads).map(Overload::binding).toList()));
  }
}
