package io.fermata.replay;

import io.fermata.model.Alert;
import io.fermata.model.ContactGuidance;
import io.fermata.model.Journey;
import io.fermata.model.SurveyResponse;
import java.util.List;

/**
 * The final views of a replay, in any order, and what became of its input.
 *
 * @param clock event time at the end, epoch milliseconds, or null without any touchpoint
 * @param ruleIds all rules, also those that raised nothing
 * @param deadLetters of the import and of the fold
 */
public record ReplayResult(
    List<Alert> alerts,
    List<Journey> journeys,
    List<ContactGuidance> guidance,
    List<SurveyResponse> responses,
    Scores scores,
    List<Imported.DeadLetter> deadLetters,
    Counts counts,
    Long clock,
    List<String> ruleIds) {

  /**
   * What became of the input: {@code rows = skipped + touchpoints + links + dead letters of the
   * import}, and {@code touchpoints = folded + duplicates + dead letters of the fold}.
   */
  public record Counts(
      long rows,
      long skipped,
      long touchpoints,
      long links,
      long folded,
      long duplicates,
      long customers) {}
}
