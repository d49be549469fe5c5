package io.fermata.replay;

import io.fermata.model.ScoreReport;
import io.fermata.model.SurveyResponse;
import io.fermata.model.SurveySent;
import io.fermata.score.Drivers;
import io.fermata.score.ScoreBook;
import io.fermata.score.ScoreSettings;
import java.util.List;

/**
 * The scores of a replay, in any order.
 *
 * @param drivers those that can be told, and those that can't with the reason
 */
public record Scores(List<ScoreReport> reports, List<Drivers> drivers) {

  /** What answers and sent surveys come to, whatever their order. */
  public static Scores of(
      ScoreSettings settings, List<SurveyResponse> responses, List<SurveySent> sent) {
    ScoreBook book = new ScoreBook(settings);
    responses.forEach(book::add);
    sent.forEach(book::add);
    return new Scores(book.reports(), book.drivers());
  }
}
