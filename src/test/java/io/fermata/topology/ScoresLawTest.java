package io.fermata.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.fermata.identity.IdentityCase;
import io.fermata.identity.IdentityGraph;
import io.fermata.identity.LiteralReading;
import io.fermata.journey.CustomerFold;
import io.fermata.journey.FoldSettings;
import io.fermata.journey.KeeperSettings;
import io.fermata.journey.Views;
import io.fermata.model.Alert;
import io.fermata.model.Area;
import io.fermata.model.Channel;
import io.fermata.model.PillarReport;
import io.fermata.model.Score;
import io.fermata.model.ScoreKind;
import io.fermata.model.ScoreReport;
import io.fermata.model.SurveyResponse;
import io.fermata.model.SurveySent;
import io.fermata.model.Touchpoint;
import io.fermata.model.TouchpointBuilder;
import io.fermata.oracle.SurveyReading;
import io.fermata.rules.RuleSet;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/**
 * Scores and reports of pillars against a literal count over all touchpoints at once: whatever the
 * order of arrival, with duplicates, answers given again, and touchpoints that turn out to be
 * another customer's. {@code -Dfermata.cases=N}, {@code -Dfermata.seed=N}.
 */
class ScoresLawTest extends PipelineTest {

  private static final long FIRST_SEED = Long.getLong("fermata.seed", 1);
  private static final long CASES = Long.getLong("fermata.cases", 10);
  private static final ZoneId WARSAW = ZoneId.of("Europe/Warsaw");
  private static final RuleSet RULE_SET = rules(RULES);

  /** A case lasts seconds; days are wanted, across the night the clocks change. */
  private static final long STRETCH = 80_000;

  private static final long END = IdentityCase.START + Duration.ofDays(60).toMillis();

  /** What one report is to hold. */
  private static final class Expected {
    private final List<SurveyResponse> answers = new ArrayList<>();
    private final List<SurveySent> sent = new ArrayList<>();
    private final List<Alert> experiences = new ArrayList<>();
  }

  @Test
  void shouldCountWhatALiteralReadingCounts() {
    int reports = 0;
    int moved = 0;
    for (long seed = FIRST_SEED; seed < FIRST_SEED + CASES; seed++) {
      IdentityCase of = withSurveys(IdentityCase.of(seed));
      TestSetup setup =
          replay()
              .rules(RULE_SET)
              .identity(of.settings())
              .keeper(KeeperSettings.of(FoldSettings.DEFAULTS, KeeperSettings.ANY_LATENESS));
      try (TestPipeline pipeline = new TestPipeline(setup)) {
        feed(pipeline, of);
        Map<String, ScoreReport> scores =
            pipeline.latest(TestPipeline.TOPICS.scores(), ScoreReport.class);
        scores.values().removeIf(Objects::isNull);
        Map<String, PillarReport> pillars =
            pipeline.latest(TestPipeline.TOPICS.pillars(), PillarReport.class);
        pillars.values().removeIf(Objects::isNull);
        assertScores(of, scores);
        assertPillars(of, pillars);
        reports += scores.size();
        moved +=
            LiteralReading.customers(of.settings(), of.touchpoints()).entrySet().stream()
                .mapToInt(
                    customer ->
                        (int)
                            customer.getValue().stream()
                                .map(of.settings().keys()::keyOf)
                                .filter(name -> !name.equals(customer.getKey()))
                                .count())
                .sum();
      }
    }
    assertThat(reports).isGreaterThan((int) (50 * CASES));
    assertThat(moved).isGreaterThan((int) CASES);
  }

  private static void feed(TestPipeline pipeline, IdentityCase of) {
    Random random = new Random(of.seed());
    List<Touchpoint> arrivals = new ArrayList<>(of.touchpoints());
    of.touchpoints().stream().filter(t -> random.nextInt(8) == 0).forEach(arrivals::add);
    Collections.shuffle(arrivals, random);
    for (Touchpoint arrival : arrivals) {
      pipeline.arrives(arrival);
      if (random.nextInt(6) == 0) {
        pipeline.advance(CountProcessor.MOMENT);
      }
    }
    pipeline.tick(END);
    for (int i = 0; i < 3; i++) {
      pipeline.advance(CountProcessor.MOMENT);
    }
  }

  private static IdentityCase withSurveys(IdentityCase of) {
    Random random = new Random(~of.seed());
    List<Touchpoint> touchpoints = new ArrayList<>();
    for (Touchpoint touchpoint : of.touchpoints()) {
      long after = touchpoint.occurredAt() - IdentityCase.START;
      TouchpointBuilder builder =
          touchpoint.toBuilder()
              .occurredAt(IdentityCase.START + after * STRETCH)
              .channel(random.nextBoolean() ? Channel.WEB : Channel.VOICE)
              .area(random.nextBoolean() ? Area.SALES : null)
              .topic(random.nextBoolean() ? "a|b" : null)
              .segment(random.nextInt(3) == 0 ? "youth+" : null);
      if (random.nextInt(2) == 0) {
        builder.type("survey.answered").score(score(of, random));
      } else if (random.nextInt(4) == 0) {
        builder
            .type("survey.sent")
            .attributes(random.nextBoolean() ? Map.of() : Map.of("kind", "CSAT"));
      }
      touchpoints.add(builder.build());
    }
    return new IdentityCase(of.seed(), of.settings(), List.copyOf(touchpoints), List.of());
  }

  private static Score score(IdentityCase of, Random random) {
    String about =
        random.nextInt(3) == 0
            ? null
            : of.touchpoints().get(random.nextInt(of.touchpoints().size())).id();
    return random.nextInt(3) == 0
        ? new Score(ScoreKind.CSAT, 1 + random.nextInt(5), 1, 5, about)
        : new Score(ScoreKind.NPS, random.nextInt(11), 0, 10, about);
  }

  private static void assertScores(IdentityCase of, Map<String, ScoreReport> found) {
    Map<String, Expected> expected = new TreeMap<>();
    LiteralReading.customers(of.settings(), of.touchpoints())
        .forEach(
            (customer, theirs) -> {
              SurveyReading reading = SurveyReading.withoutExperiences(customer, theirs);
              reading
                  .responses()
                  .values()
                  .forEach(
                      r ->
                          put(expected, r.kind() + "|", values(r), r.at())
                              .forEach(report -> report.answers.add(r)));
              for (SurveySent sent : reading.surveysSent().values()) {
                for (ScoreKind kind : sent.kind() == null ? known() : List.of(sent.kind())) {
                  put(expected, kind + "|", values(sent), sent.at())
                      .forEach(report -> report.sent.add(sent));
                }
              }
            });
    days(expected, all -> !all.answers.isEmpty());
    assertThat(found.keySet()).as("%s", of).isEqualTo(expected.keySet());
    expected.forEach((key, report) -> assertReport(of, found.get(key), report));
  }

  private static List<ScoreKind> known() {
    return List.of(ScoreKind.NPS, ScoreKind.CSAT, ScoreKind.CES, ScoreKind.FEEDBACK);
  }

  private static void assertReport(IdentityCase of, ScoreReport found, Expected expected) {
    List<SurveyResponse> answers = expected.answers;
    boolean nps = found.kind() == ScoreKind.NPS;
    assertThat(found.n()).as("%s", of).isEqualTo(answers.size());
    assertThat(found.promoters())
        .as("%s", of)
        .isEqualTo(nps ? answers.stream().filter(r -> r.value() >= 9).count() : 0);
    assertThat(found.detractors())
        .as("%s", of)
        .isEqualTo(nps ? answers.stream().filter(r -> r.value() <= 6).count() : 0);
    assertThat(found.sent()).as("%s", of).isEqualTo(expected.sent.size());
    assertThat(found.mean())
        .as("%s", of)
        .isCloseTo(
            answers.stream().mapToDouble(SurveyResponse::value).average().orElseThrow(),
            within(1e-9));
  }

  private static void assertPillars(IdentityCase of, Map<String, PillarReport> found) {
    Map<String, Expected> expected = new TreeMap<>();
    List<Alert> alerts = new ArrayList<>();
    LiteralReading.customers(of.settings(), of.touchpoints())
        .forEach(
            (customer, theirs) -> {
              Views views =
                  CustomerFold.fold(FoldSettings.DEFAULTS, RULE_SET, customer, theirs, END);
              alerts.addAll(views.alerts());
              views
                  .responses()
                  .forEach(
                      r ->
                          put(expected, "", values(r), r.at())
                              .forEach(report -> report.answers.add(r)));
            });
    IdentityGraph graph = new IdentityGraph(of.settings());
    of.touchpoints().forEach(graph::add);
    of.touchpoints()
        .forEach(each -> graph.customerOf(of.settings().keys().keyOf(each), each.position()));
    alerts.addAll(graph.alerts());
    for (Alert alert : alerts) {
      put(expected, "", values(alert), alert.at()).forEach(report -> report.experiences.add(alert));
    }
    days(expected, all -> true);
    assertThat(found.keySet()).as("%s", of).isEqualTo(expected.keySet());
    expected.forEach(
        (key, report) -> {
          PillarReport one = found.get(key);
          assertThat(one.n()).as("%s", of).isEqualTo(report.answers.size());
          one.pillars()
              .forEach(
                  (pillar, mean) ->
                      assertThat(mean)
                          .as("%s", of)
                          .isCloseTo(
                              report.answers.stream()
                                  .mapToDouble(r -> r.pillars().get(pillar))
                                  .average()
                                  .orElseThrow(),
                              within(1e-9)));
          assertThat(one.pillars()).hasSize(report.answers.isEmpty() ? 0 : 6);
          Map<String, Long> counts = new TreeMap<>();
          one.experiences()
              .forEach(
                  e -> counts.put(e.pillar() + " " + e.polarity() + " " + e.severity(), e.count()));
          Map<String, Long> literal = new TreeMap<>();
          report.experiences.forEach(
              a ->
                  literal.merge(
                      a.pillar() + " " + a.polarity() + " " + a.severity(), 1L, Long::sum));
          assertThat(counts).as("%s: %s", of, key).isEqualTo(literal);
        });
  }

  /** The reports that something counts in as of its own day: by key without the window. */
  private static Collection<Expected> put(
      Map<String, Expected> expected, String kind, Map<String, String> values, long at) {
    LocalDate day = Instant.ofEpochMilli(at).atZone(WARSAW).toLocalDate();
    List<Expected> reports = new ArrayList<>();
    values.forEach(
        (dimension, value) -> {
          if (value != null) {
            String key = kind + dimension + "|" + value + "|" + day;
            reports.add(expected.computeIfAbsent(key, k -> new Expected()));
          }
        });
    return reports;
  }

  /** From days to the windows that end with them; those that hold nothing are no reports. */
  private static void days(Map<String, Expected> expected, Function<Expected, Boolean> holds) {
    Map<String, Expected> days = new TreeMap<>(expected);
    expected.clear();
    for (String key : new TreeSet<>(days.keySet())) {
      int stroke = key.lastIndexOf('|');
      String of = key.substring(0, stroke);
      LocalDate day = LocalDate.parse(key.substring(stroke + 1));
      for (int length : new int[] {1, 7, 30, 90}) {
        Expected all = new Expected();
        for (int back = 0; back < length; back++) {
          Expected one = days.get(of + "|" + day.minusDays(back));
          if (one != null) {
            all.answers.addAll(one.answers);
            all.sent.addAll(one.sent);
            all.experiences.addAll(one.experiences);
          }
        }
        if (holds.apply(all)) {
          Instant asOf = day.plusDays(1).atStartOfDay(WARSAW).toInstant();
          expected.put(of + "|P" + length + "D|" + asOf, all);
        }
      }
    }
  }

  private static Map<String, String> values(SurveyResponse r) {
    return values(r.channel(), r.area(), r.segment(), r.topic());
  }

  private static Map<String, String> values(SurveySent s) {
    return values(s.channel(), s.area(), s.segment(), s.topic());
  }

  private static Map<String, String> values(Alert alert) {
    return values(alert.channel(), alert.area(), null, null);
  }

  private static Map<String, String> values(
      Channel channel, Area area, String segment, String topic) {
    Map<String, String> values = new TreeMap<>();
    values.put("all", "all");
    values.put("channel", channel == null ? null : channel.name());
    values.put("area", area == null ? null : area.name());
    values.put("segment", segment);
    values.put("topic", topic);
    values.put("channel+topic", channel == null || topic == null ? null : channel + "+" + topic);
    return values;
  }
}
