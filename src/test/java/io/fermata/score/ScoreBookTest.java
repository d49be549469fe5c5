package io.fermata.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.fermata.model.Area;
import io.fermata.model.Channel;
import io.fermata.model.ScoreKind;
import io.fermata.model.ScoreReport;
import io.fermata.model.SurveyResponse;
import io.fermata.model.SurveySent;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ScoreBookTest {

  private static final long SEED = Long.getLong("fermata.seed", 20_260_301);
  private static final ZoneId WARSAW = ZoneId.of("Europe/Warsaw");
  private static final ScoreSettings SETTINGS =
      ScoreSettings.parse("Europe/Warsaw", List.of("channel+area"));

  /** Around the day that has 23 hours. */
  private static final long START =
      LocalDate.of(2026, 3, 20).atStartOfDay(WARSAW).toInstant().toEpochMilli();

  private final Random random = new Random(SEED);

  @Test
  void shouldCountWhatADirectReadingOfAllAnswersCounts() {
    List<SurveyResponse> responses = new ArrayList<>();
    List<SurveySent> sent = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      responses.add(response(i));
      sent.add(sent(i));
    }

    List<ScoreReport> reports = book(responses, sent).reports();

    assertThat(reports).hasSizeGreaterThan(500);
    for (ScoreReport report : reports) {
      assertReadsTheSame(report, responses, sent);
    }
    assertThat(reports.stream().map(ScoreReport::key).distinct()).hasSize(reports.size());
  }

  @Test
  void shouldGiveTheSameWhateverTheOrder() {
    List<SurveyResponse> responses = new ArrayList<>();
    List<SurveySent> sent = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      responses.add(response(i));
      sent.add(sent(i));
    }
    ScoreBook straight = book(responses, sent);
    Collections.shuffle(responses, random);
    Collections.shuffle(sent, random);
    ScoreBook shuffled = book(responses, sent);

    assertThat(shuffled.reports()).as("seed %d", SEED).isEqualTo(straight.reports());
    assertThat(shuffled.drivers()).as("seed %d", SEED).isEqualTo(straight.drivers());
    assertThat(straight.drivers()).anyMatch(Drivers.Found.class::isInstance);
    assertThat(straight.drivers()).anyMatch(Drivers.Withheld.class::isInstance);
  }

  /** The report that is worked out by hand in docs/scores.md. */
  @Test
  void shouldGiveTheReportWorkedOutByHand() {
    List<SurveyResponse> responses = new ArrayList<>();
    int[] values = {10, 10, 9, 9, 9, 8, 7, 7, 6, 3};
    for (int i = 0; i < values.length; i++) {
      responses.add(answer(i, START, ScoreKind.NPS, values[i], 10, null, null));
    }

    ScoreReport report = book(responses, List.of()).reports().get(0);

    assertThat(report.n()).isEqualTo(10);
    assertThat(report.promoters()).isEqualTo(5);
    assertThat(report.passives()).isEqualTo(3);
    assertThat(report.detractors()).isEqualTo(2);
    assertThat(report.nps()).isEqualTo(30.0);
    assertThat(report.marginOfError()).isCloseTo(48.408, within(0.001));
    assertThat(report.mean()).isEqualTo(7.8);
    assertThat(report.responseRate()).isNull();
    assertThat(report.enough()).isFalse();
  }

  @Test
  void shouldNotCountAnswersOnAnotherScaleAsNps() {
    List<SurveyResponse> responses =
        List.of(answer(1, START, ScoreKind.NPS, 5, 5, Channel.WEB, null));

    assertThat(book(responses, List.of()).reports()).isEmpty();
  }

  private static ScoreBook book(List<SurveyResponse> responses, List<SurveySent> sent) {
    ScoreBook book = new ScoreBook(SETTINGS);
    responses.forEach(book::add);
    sent.forEach(book::add);
    return book;
  }

  private void assertReadsTheSame(
      ScoreReport report, List<SurveyResponse> responses, List<SurveySent> sent) {
    LocalDate end = LocalDate.ofInstant(java.time.Instant.ofEpochMilli(report.asOf()), WARSAW);
    int days = Integer.parseInt(report.window().replaceAll("\\D", ""));
    long from = end.minusDays(days).atStartOfDay(WARSAW).toInstant().toEpochMilli();
    List<SurveyResponse> those =
        responses.stream()
            .filter(r -> r.kind() == report.kind() && r.at() >= from && r.at() < report.asOf())
            .filter(r -> isIn(report, r.channel(), r.area(), r.segment(), r.topic(), r.campaign()))
            .toList();
    long n = those.size();
    String what = "seed " + SEED + ": " + report;
    assertThat(report.n()).as(what).isEqualTo(n).isPositive();
    assertThat(report.mean())
        .as(what)
        .isCloseTo(
            those.stream().mapToDouble(SurveyResponse::value).average().orElseThrow(),
            within(1e-9));
    long out =
        sent.stream()
            .filter(s -> s.at() >= from && s.at() < report.asOf())
            .filter(s -> s.kind() == null || s.kind() == report.kind())
            .filter(s -> isIn(report, s.channel(), s.area(), s.segment(), s.topic(), s.campaign()))
            .count();
    assertThat(report.sent()).as(what).isEqualTo(out);
    assertThat(report.enough()).as(what).isEqualTo(n >= 30);
    if (out > 0) {
      assertThat(report.responseRate()).as(what).isCloseTo((double) n / out, within(1e-9));
    }
    if (report.kind() == ScoreKind.CSAT) {
      double satisfied = those.stream().filter(r -> r.value() >= 4).count();
      assertThat(report.csat()).as(what).isCloseTo(satisfied / n, within(1e-9));
    }
    if (report.kind() == ScoreKind.NPS) {
      double p = those.stream().filter(r -> r.value() >= 9).count();
      double d = those.stream().filter(r -> r.value() <= 6).count();
      assertThat(report.promoters()).as(what).isEqualTo((long) p);
      assertThat(report.detractors()).as(what).isEqualTo((long) d);
      assertThat(report.passives()).as(what).isEqualTo(n - (long) (p + d));
      assertThat(report.nps()).as(what).isCloseTo(100 * (p - d) / n, within(1e-9));
      double variance = (p + d) / n - Math.pow((p - d) / n, 2);
      assertThat(report.marginOfError())
          .as(what)
          .isCloseTo(196 * Math.sqrt(variance / n), within(1e-6));
    }
  }

  private static boolean isIn(
      ScoreReport report,
      Channel channel,
      Area area,
      String segment,
      String topic,
      String campaign) {
    Map<String, String> values = new HashMap<>();
    values.put("all", "all");
    values.put("channel", channel == null ? null : channel.name());
    values.put("area", area == null ? null : area.name());
    values.put("segment", segment);
    values.put("topic", topic);
    values.put("campaign", campaign);
    values.put("channel+area", channel == null || area == null ? null : channel + "+" + area);
    return report.value().equals(values.get(report.dimension()));
  }

  private SurveyResponse response(int i) {
    ScoreKind kind = random.nextInt(3) > 0 ? ScoreKind.NPS : ScoreKind.CSAT;
    return answer(
        i,
        START + (long) (random.nextDouble() * 20 * 86_400_000L),
        kind,
        kind == ScoreKind.NPS ? random.nextInt(11) : 1 + random.nextInt(5),
        kind == ScoreKind.NPS ? 10 : 5,
        random.nextInt(4) == 0 ? null : random.nextBoolean() ? Channel.VOICE : Channel.WEB,
        random.nextInt(4) == 0 ? null : random.nextBoolean() ? Area.SALES : Area.BILLING);
  }

  private SurveyResponse answer(
      int i, long at, ScoreKind kind, double value, double max, Channel channel, Area area) {
    Map<String, Double> pillars = new HashMap<>();
    PillarBalances.PILLARS.forEach(p -> pillars.put(p.name(), 100 * random.nextDouble()));
    return new SurveyResponse(
        "r" + i,
        "customer:C-" + i,
        at,
        kind,
        value,
        kind == ScoreKind.NPS ? 0 : 1,
        max,
        null,
        channel,
        area,
        random.nextBoolean() ? "youth" : null,
        random.nextBoolean() ? "credit" : null,
        null,
        pillars);
  }

  private SurveySent sent(int i) {
    return new SurveySent(
        "s" + i,
        "customer:C-" + i,
        START + (long) (random.nextDouble() * 20 * 86_400_000L),
        random.nextBoolean() ? null : ScoreKind.NPS,
        random.nextBoolean() ? Channel.EMAIL : Channel.VOICE,
        random.nextBoolean() ? Area.SALES : null,
        null,
        "credit",
        null);
  }
}
