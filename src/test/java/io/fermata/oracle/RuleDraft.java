package io.fermata.oracle;

import io.fermata.model.Area;
import io.fermata.model.Channel;
import io.fermata.model.Ids;
import io.fermata.model.Pillar;
import io.fermata.model.Polarity;
import io.fermata.model.Severity;
import io.fermata.rules.Rule;
import io.fermata.rules.RuleKind;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Writes a {@link Rule} for a test; bad, of medium severity and without options until told. */
final class RuleDraft {

  private static final List<Pillar> PILLARS =
      List.copyOf(EnumSet.range(Pillar.INTEGRITY, Pillar.EMPATHY));

  private final String id;
  private final RuleKind kind;
  private final NavigableMap<Severity, Double> levels = new TreeMap<>();
  private final Map<String, NavigableMap<Double, String>> attributes = new TreeMap<>();
  private Polarity polarity = Polarity.BAD;
  private Long quietFor;
  private Rule.Pause pause;
  private Severity below;
  private boolean onExperiences;
  private Area area;
  private Channel channel;

  RuleDraft(String id, RuleKind kind) {
    this.id = id;
    this.kind = kind;
  }

  RuleDraft good() {
    polarity = Polarity.GOOD;
    return this;
  }

  /** Replaces the fixed severity by levels. */
  RuleDraft level(Severity severity, double bound) {
    levels.put(severity, bound);
    return this;
  }

  /** The severity below all levels, where it is not LOW. */
  RuleDraft below(Severity severity) {
    below = severity;
    return this;
  }

  RuleDraft quietFor(long millis) {
    quietFor = millis;
    return this;
  }

  RuleDraft pause(Rule.Pause value) {
    pause = value;
    return this;
  }

  RuleDraft onExperiences() {
    onExperiences = true;
    return this;
  }

  RuleDraft area(Area value) {
    area = value;
    return this;
  }

  RuleDraft channel(Channel value) {
    channel = value;
    return this;
  }

  RuleDraft attribute(String name, double bound, String text) {
    attributes.computeIfAbsent(name, ignored -> new TreeMap<>()).put(bound, text);
    return this;
  }

  Rule build() {
    return new Rule(
        id,
        Ids.sha256(id, 12),
        "test",
        Map.of("en", "Title of " + id, "pl", "Tytuł " + id),
        Map.of("en", "Advice of " + id),
        PILLARS.get(Math.floorMod(id.hashCode(), PILLARS.size())),
        polarity,
        levels.isEmpty() ? Severity.MEDIUM : below,
        new TreeMap<>(levels),
        quietFor,
        pause,
        onExperiences,
        area,
        channel,
        attributes,
        kind);
  }
}
