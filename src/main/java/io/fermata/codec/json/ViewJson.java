package io.fermata.codec.json;

import io.fermata.model.Alert;
import io.fermata.model.ContactDecision;
import io.fermata.model.ContactGuidance;
import io.fermata.model.Journey;
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
    return JsonLine.of(
        line ->
            line.text("customer", decision.customer())
                .symbol("channel", decision.channel())
                .time("at", decision.at())
                .symbol("verdict", decision.verdict())
                .time("until", decision.until())
                .objects(
                    "reasons",
                    decision.reasons(),
                    (each, reason) ->
                        each.text("rule", reason.rule())
                            .text("version", reason.version())
                            .texts("counted", reason.counted())));
  }
}
