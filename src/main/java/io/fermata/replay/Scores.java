package io.fermata.replay;

import io.fermata.model.Alert;
import io.fermata.model.PillarReport;
import io.fermata.model.ScoreAlert;
import io.fermata.model.ScoreReport;
import io.fermata.model.SurveyResponse;
import io.fermata.model.SurveySent;
import io.fermata.score.Drivers;
import io.fermata.score.PillarBook;
import io.fermata.score.ScoreBook;
import io.fermata.score.ScoreSettings;
import java.util.List;

/**
 * The scores of a replay, in any order.
 *
 * @param drivers those that can be told, and those that can't with the reason
 * @param alerts where NPS has fallen
 */
public record Scores(
    List<ScoreReport> reports,
    List<Drivers> drivers,
    List<ScoreAlert> alerts,
    List<PillarReport> pillars) {

  /** What answers, sent surveys and alerts come to, whatever their order. */
  public static Scores of(
      ScoreSettings settings,
      List<SurveyResponse> responses,
      List<SurveySent> sent,
      List<Alert> alerts) {
    ScoreBook book = new ScoreBook(settings);
    responses.forEach(book::add);
    sent.forEach(book::add);
    PillarBook pillars = new PillarBook(settings);
    responses.forEach(pillars::add);
    alerts.forEach(pillars::add);
    return new Scores(book.reports(), book.drivers(), book.alerts(), pillars.reports());
  }
}
