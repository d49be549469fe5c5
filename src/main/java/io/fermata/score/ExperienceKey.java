package io.fermata.score;

import io.fermata.model.Alert;
import io.fermata.model.AlertStatus;
import io.fermata.model.Area;
import io.fermata.model.Channel;
import io.fermata.model.Pillar;
import io.fermata.model.Polarity;
import io.fermata.model.Severity;
import java.util.Optional;

/**
 * What experiences are counted by: those that share it count the same everywhere.
 *
 * @param day when it began, in the business time zone
 * @param channel null where the alert has none, as {@code area}
 * @param severity what it came to
 */
public record ExperienceKey(
    int day, Channel channel, Area area, Pillar pillar, Polarity polarity, Severity severity) {

  private static final int FIELDS = 6;

  /** Where an alert counts; nowhere if it is retracted or touches no pillar we know. */
  public static Optional<ExperienceKey> of(ScoreSettings settings, Alert alert) {
    boolean counts =
        alert.status() != AlertStatus.RETRACTED
            && alert.pillar() != null
            && alert.pillar() != Pillar.UNKNOWN
            && alert.polarity() != Polarity.UNKNOWN
            && alert.severity() != Severity.UNKNOWN;
    return counts
        ? Optional.of(
            new ExperienceKey(
                settings.dayOf(alert.at()),
                alert.channel(),
                alert.area(),
                alert.pillar(),
                alert.polarity(),
                alert.severity()))
        : Optional.empty();
  }

  /** What {@link #toString} wrote. */
  public static ExperienceKey parse(String text) {
    String[] fields = text.split("\\|", FIELDS);
    return new ExperienceKey(
        Integer.parseInt(fields[0]),
        fields[1].isEmpty() ? null : Channel.valueOf(fields[1]),
        fields[2].isEmpty() ? null : Area.valueOf(fields[2]),
        Pillar.valueOf(fields[3]),
        Polarity.valueOf(fields[4]),
        Severity.valueOf(fields[5]));
  }

  /** {@code day|channel|area|pillar|polarity|severity}, empty what is null. */
  @Override
  public String toString() {
    return day
        + "|"
        + (channel == null ? "" : channel.name())
        + "|"
        + (area == null ? "" : area.name())
        + "|"
        + pillar.name()
        + "|"
        + polarity.name()
        + "|"
        + severity.name();
  }
}
