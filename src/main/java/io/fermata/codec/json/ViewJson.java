package io.fermata.codec.json;

import io.fermata.model.Alert;
import io.fermata.model.ContactDecision;
import io.fermata.model.ContactGuidance;
import io.fermata.model.DriverReport;
import io.fermata.model.Journey;
import io.fermata.model.PillarReport;
import io.fermata.model.ReservationAnswer;
import io.fermata.model.ScoreAlert;
import io.fermata.model.ScoreReport;
import io.fermata.model.SurveyResponse;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/**
 * Views as canonical JSON, one line without its line end: fields in the contract's order, absent
 * ones left out, keys of maps sorted. Equal views give equal text on every machine.
 */
public final class ViewJson {

  private ViewJson() {}

  /** The alert as one line of JSON; advice is left out where the rule gives none. */
  public static String write(Alert alert) {
    return JsonLine.of(
        line -> {
          line.text("id", alert.id())
              .text("rule", alert.rule())
              .text("ruleVersion", alert.ruleVersion())
              .symbol("status", alert.status())
              .symbol("polarity", alert.polarity())
              .symbol("severity", alert.severity())
              .text("customer", alert.customer())
              .text("subject", alert.subject())
              .time("at", alert.at())
              .time("until", alert.until())
              .number("measure", alert.measure())
              .number("threshold", alert.threshold())
              .symbol("pillar", alert.pillar())
              .symbol("area", alert.area())
              .symbol("channel", alert.channel())
              .texts("evidence", alert.evidence())
              .textsByKey("title", alert.title());
          if (!alert.advice().isEmpty()) {
            line.textsByKey("advice", alert.advice());
          }
          line.textsByKey("attributes", alert.attributes());
        });
  }

  /** The journey as one line of JSON. */
  public static String write(Journey journey) {
    return JsonLine.of(
        line ->
            line.text("id", journey.id())
                .text("customer", journey.customer())
                .text("subject", journey.subject())
                .symbol("status", journey.status())
                .time("openedAt", journey.openedAt())
                .time("lastAt", journey.lastAt())
                .time("closedAt", journey.closedAt())
                .symbols("channels", journey.channels())
                .whole("touchpoints", journey.touchpoints())
                .whole("inbound", journey.inbound())
                .whole("outbound", journey.outbound())
                .whole("waitSeconds", journey.waitSeconds())
                .whole("handleSeconds", journey.handleSeconds())
                .whole("channelSwitches", journey.channelSwitches())
                .whole("transfers", journey.transfers())
                .whole("bad", journey.bad())
                .whole("good", journey.good())
                .number("effort", journey.effort())
                .number("cost", journey.cost())
                .symbol("lastOutcome", journey.lastOutcome()));
  }

  /** The survey response as one line of JSON. */
  public static String write(SurveyResponse response) {
    return JsonLine.of(
        line ->
            line.text("id", response.id())
                .text("customer", response.customer())
                .time("at", response.at())
                .symbol("kind", response.kind())
                .number("value", response.value())
                .number("min", response.min())
                .number("max", response.max())
                .text("about", response.about())
                .symbol("channel", response.channel())
                .symbol("area", response.area())
                .text("segment", response.segment())
                .text("topic", response.topic())
                .text("campaign", response.campaign())
                .object(
                    "pillars",
                    pillars -> {
                      for (Map.Entry<String, Double> pillar :
                          new TreeMap<>(response.pillars()).entrySet()) {
                        pillars.number(pillar.getKey(), pillar.getValue());
                      }
                    }));
  }

  /** The score report as one line of JSON. */
  public static String write(ScoreReport report) {
    return JsonLine.of(
        line ->
            line.symbol("kind", report.kind())
                .text("dimension", report.dimension())
                .text("value", report.value())
                .text("window", report.window())
                .time("asOf", report.asOf())
                .whole("n", report.n())
                .whole("promoters", report.promoters())
                .whole("passives", report.passives())
                .whole("detractors", report.detractors())
                .number("nps", report.nps())
                .number("marginOfError", report.marginOfError())
                .number("mean", report.mean())
                .number("csat", report.csat())
                .whole("sent", report.sent())
                .number("responseRate", report.responseRate())
                .flag("enough", report.enough()));
  }

  /** The driver report as one line of JSON. */
  public static String write(DriverReport report) {
    return JsonLine.of(
        line ->
            line.text("dimension", report.dimension())
                .text("window", report.window())
                .time("asOf", report.asOf())
                .whole("n", report.n())
                .number("r2", report.r2())
                .number("intercept", report.intercept())
                .object(
                    "coefficients",
                    pillars -> {
                      for (Map.Entry<String, DriverReport.Coefficient> pillar :
                          new TreeMap<>(report.coefficients()).entrySet()) {
                        pillars.object(
                            pillar.getKey(),
                            one ->
                                one.number("value", pillar.getValue().value())
                                    .number("standardError", pillar.getValue().standardError()));
                      }
                    }));
  }

  /** The report of pillars as one line of JSON. */
  public static String write(PillarReport report) {
    return JsonLine.of(
        line ->
            line.text("dimension", report.dimension())
                .text("value", report.value())
                .text("window", report.window())
                .time("asOf", report.asOf())
                .whole("n", report.n())
                .object(
                    "pillars",
                    pillars -> {
                      for (Map.Entry<String, Double> pillar :
                          new TreeMap<>(report.pillars()).entrySet()) {
                        pillars.number(pillar.getKey(), pillar.getValue());
                      }
                    })
                .objects(
                    "experiences",
                    report.experiences(),
                    (one, experiences) ->
                        one.symbol("pillar", experiences.pillar())
                            .symbol("polarity", experiences.polarity())
                            .symbol("severity", experiences.severity())
                            .whole("count", experiences.count())));
  }

  /** The alert of a score that has fallen as one line of JSON. */
  public static String write(ScoreAlert alert) {
    return JsonLine.of(
        line ->
            line.text("id", alert.id())
                .symbol("kind", alert.kind())
                .text("dimension", alert.dimension())
                .text("value", alert.value())
                .text("window", alert.window())
                .time("asOf", alert.asOf())
                .whole("n", alert.n())
                .number("nps", alert.nps())
                .whole("beforeN", alert.beforeN())
                .number("beforeNps", alert.beforeNps())
                .number("change", alert.change())
                .number("marginOfError", alert.marginOfError())
                .number("p", alert.p())
                .whole("tests", alert.tests()));
  }

  /** The guidance as one line of JSON. */
  public static String write(ContactGuidance guidance) {
    return JsonLine.of(
        line ->
            line.text("customer", guidance.customer())
                .time("at", guidance.at())
                .object(
                    "pressure",
                    purposes -> {
                      for (Map.Entry<String, Map<String, Integer>> purpose :
                          new TreeMap<>(guidance.pressure()).entrySet()) {
                        purposes.object(
                            purpose.getKey(),
                            windows -> {
                              for (Map.Entry<String, Integer> window :
                                  new TreeMap<>(purpose.getValue()).entrySet()) {
                                windows.whole(window.getKey(), window.getValue());
                              }
                            });
                      }
                    })
                .object(
                    "nextAllowedAt",
                    channels -> {
                      for (Map.Entry<String, Long> channel :
                          new TreeMap<>(guidance.nextAllowedAt()).entrySet()) {
                        channels.time(channel.getKey(), channel.getValue());
                      }
                    })
                .time("pauseUntil", guidance.pauseUntil())
                .texts("pauseReasons", guidance.pauseReasons())
                .whole("ignoredInARow", guidance.ignoredInARow())
                .symbol("preferredChannel", guidance.preferredChannel())
                .texts("optedOut", guidance.optedOut()));
  }

  /** The decision as one line of JSON. */
  public static String write(ContactDecision decision) {
    return JsonLine.of(line -> write(line, decision, null));
  }

  /** What became of a request for a permission, as one line of JSON. */
  public static String write(ReservationAnswer answer) {
    return JsonLine.of(
        line ->
            write(
                line.text("requestId", answer.requestId()), answer.decision(), answer.expiresAt()));
  }

  private static void write(JsonLine line, ContactDecision decision, Long expiresAt)
      throws IOException {
    line.text("customer", decision.customer())
        .symbol("channel", decision.channel())
        .time("at", decision.at())
        .symbol("verdict", decision.verdict())
        .time("until", decision.until())
        .time("expiresAt", expiresAt)
        .objects(
            "reasons",
            decision.reasons(),
            (each, reason) ->
                each.text("rule", reason.rule())
                    .text("version", reason.version())
                    .texts("counted", reason.counted()));
  }
}
