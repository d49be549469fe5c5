package io.fermata.runtime.config;

import io.fermata.score.ScoreSettings;
import java.util.List;

/** How scores are added up. */
@Section("How scores are added up.")
public record ScoreConfig(
    @Property(
            doc = "The time zone in which days begin and end, such as `Europe/Warsaw`.",
            defaultValue = "UTC")
        String zone,
    @Property(
            doc =
                "Further dimensions, each of two of `channel area segment topic campaign`, such as"
                    + " `channel+topic`.",
            defaultValue = "")
        List<String> pairs) {

  public ScoreConfig {
    pairs = List.copyOf(pairs);
    ScoreSettings.parse(zone, pairs); // says what is wrong with them
  }

  /** What the Score room is told. */
  public ScoreSettings settings() {
    return ScoreSettings.parse(zone, pairs);
  }
}
