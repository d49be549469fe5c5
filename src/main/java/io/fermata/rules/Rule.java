package io.fermata.rules;

import io.fermata.model.Area;
import io.fermata.model.Channel;
import io.fermata.model.Pillar;
import io.fermata.model.Polarity;
import io.fermata.model.Severity;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;

/**
 * A rule as its author wrote it, defaults filled in. Expressions are CEL source text; {@link
 * CompiledRule} is the form that runs.
 *
 * @param id kebab-case, unique in a rule set
 * @param version first 12 hex digits of SHA-256 over the rule's canonical JSON
 * @param theme the file's theme, for listings
 * @param title by language
 * @param advice by language; empty where none is given
 * @param severity of a measure below all {@code levels}; null stands for LOW
 * @param levels severity by the measure that reaches it; may be empty where there is a severity
 * @param quietForMillis no further raise for the same subject until {@code at + quietFor}, or null
 * @param pause what the rule does to contact guidance, or null
 * @param onExperiences whether it sees experiences instead of touchpoints
 * @param area overrides the area of the touchpoint that raised it, or null
 * @param channel overrides the channel of the touchpoint that raised it, or null
 * @param attributes further alert attributes: by name, the text by the measure from which it counts
 *     ({@code NEGATIVE_INFINITY} for a fixed text)
 */
public record Rule(
    String id,
    String version,
    String theme,
    Map<String, String> title,
    Map<String, String> advice,
    Pillar pillar,
    Polarity polarity,
    Severity severity,
    NavigableMap<Severity, Double> levels,
    Long quietForMillis,
    Pause pause,
    boolean onExperiences,
    Area area,
    Channel channel,
    Map<String, NavigableMap<Double, String>> attributes,
    RuleKind kind) {

  /**
   * What a raise does to contact guidance.
   *
   * @param forMillis how long marketing pauses, from the alert's {@code at}
   * @param purposes names of the purposes that pause; empty means all
   * @param channels names of the channels that pause; empty means all, or the alert's own
   * @param sameChannel whether only the alert's own channel pauses; {@code channels} is empty then
   */
  public record Pause(
      long forMillis, List<String> purposes, List<String> channels, boolean sameChannel) {

    /** Whether it pauses all channels alike. */
    public boolean ofAllChannels() {
      return channels.isEmpty() && !sameChannel;
    }
  }

  /** The severity of the highest level that {@code measure} reaches; the rule's own below all. */
  public Severity severityOf(double measure) {
    Map.Entry<Severity, Double> level = levelOf(measure);
    if (level != null) {
      return level.getKey();
    }
    return severity == null ? Severity.LOW : severity;
  }

  /** All that {@link #severityOf} may say. */
  public Set<Severity> severities() {
    Set<Severity> all = EnumSet.of(severityOf(Double.NEGATIVE_INFINITY));
    all.addAll(levels.keySet());
    return all;
  }

  /** The highest level that {@code measure} reaches, with its bound; null when it reaches none. */
  public Map.Entry<Severity, Double> levelOf(double measure) {
    Map.Entry<Severity, Double> reached = null;
    for (Map.Entry<Severity, Double> level : levels.entrySet()) {
      if (measure >= level.getValue()) {
        reached = level;
      }
    }
    return reached;
  }
}
