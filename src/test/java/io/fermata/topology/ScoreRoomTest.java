package io.fermata.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.fermata.model.Alert;
import io.fermata.model.Area;
import io.fermata.model.Channel;
import io.fermata.model.DriverReport;
import io.fermata.model.PillarReport;
import io.fermata.model.Score;
import io.fermata.model.ScoreBucket;
import io.fermata.model.ScoreKind;
import io.fermata.model.ScoreReport;
import io.fermata.model.SurveyResponse;
import io.fermata.model.SurveySent;
import io.fermata.model.Touchpoint;
import io.fermata.model.TouchpointBuilder;
import io.fermata.rules.cel.RuleCompiler;
import io.fermata.rules.load.RuleLoader;
import io.fermata.score.Drivers;
import io.fermata.score.PillarBook;
import io.fermata.score.ScoreBook;
import io.fermata.score.ScoreKey;
import io.fermata.score.ScoreSettings;
import io.fermata.score.Window;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.Test;

/** What is published in the topics scores, drivers and pillars. */
class ScoreRoomTest extends PipelineTest {

  private static final long SEED = Long.getLong("fermata.seed", 20_260_301);
  private static final Duration MOMENT = CountProcessor.MOMENT;

  private static final ScoreSettings SETTINGS =
      ScoreSettings.parse("Europe/Warsaw", List.of("channel+topic"));

  /** One rule for each pillar, so that pillars vary on their own. */
  private static final String RULES =
      """
      rules:
        - {id: a, title: {en: A}, pillar: INTEGRITY, severity: MEDIUM, single: {where: "topic == 'a'"}}
        - {id: b, title: {en: B}, pillar: RESOLUTION, severity: LOW, single: {where: "topic == 'b'"}}
        - {id: c, title: {en: C}, pillar: EXPECTATIONS, severity: HIGH, single: {where: "topic == 'c'"}}
        - {id: d, title: {en: D}, pillar: TIME_AND_EFFORT, severity: LOW, polarity: GOOD, single: {where: "topic == 'd'"}}
        - {id: e, title: {en: E}, pillar: PERSONALISATION, severity: MEDIUM, single: {where: "topic == 'e'"}}
        - {id: f, title: {en: F}, pillar: EMPATHY, severity: LOW, polarity: GOOD, single: {where: "topic == 'f'"}}
      """;

  private final Random random = new Random(SEED);
  private final Map<String, ScoreReport> told = new TreeMap<>();
  private final PipelineListener listener =
      new PipelineListener() {
        @Override
        public void nps(String dimension, String value, ScoreReport latest) {
          if (latest == null) {
            told.remove(dimension + "|" + value);
          } else {
            told.put(dimension + "|" + value, latest);
          }
        }
      };
  private final Map<String, SurveyResponse> responses = new HashMap<>();
  private final Map<String, ScoreReport> scores = new TreeMap<>();
  private final Map<String, DriverReport> drivers = new TreeMap<>();
  private final Map<String, PillarReport> pillars = new TreeMap<>();
  private final Map<String, Alert> alerts = new TreeMap<>();

  @Test
  void shouldEndInTheScoresOfADirectReadingWhateverTheOrderAndTheRevisions() {
    TestPipeline pipeline = scored();
    List<Touchpoint> arrivals = new ArrayList<>();
    for (int customer = 0; customer < 150; customer++) {
      for (int i = 0; i < 4; i++) {
        arrivals.add(anything("C-" + customer, customer + "-" + i));
      }
    }
    Collections.shuffle(arrivals, random);
    for (Touchpoint arrival : arrivals) {
      pipeline.arrives(arrival);
      if (random.nextInt(20) == 0) {
        pipeline.advance(MOMENT);
      }
      if (random.nextInt(100) == 0) {
        read(pipeline);
      }
    }
    pipeline.advance(MOMENT);
    pipeline.advance(MOMENT);
    read(pipeline);

    ScoreBook book = new ScoreBook(SETTINGS);
    responses.values().stream().filter(Objects::nonNull).forEach(book::add);
    arrivals.stream().filter(t -> t.type().equals("survey.sent")).forEach(t -> book.add(sent(t)));
    Map<String, ScoreReport> expected = new TreeMap<>();
    book.reports().forEach(report -> expected.put(report.key(), report));
    scores.values().removeIf(Objects::isNull);
    assertThat(scores).as("seed %d", SEED).isEqualTo(expected).hasSizeGreaterThan(300);
    Map<String, DriverReport> expectedDrivers = new TreeMap<>();
    for (Drivers one : book.drivers()) {
      if (one instanceof Drivers.Found found) {
        expectedDrivers.put(found.report().key(), found.report());
      }
    }
    drivers.values().removeIf(Objects::isNull);
    assertThat(drivers).as("seed %d", SEED).isEqualTo(expectedDrivers).isNotEmpty();
    PillarBook pillarBook = new PillarBook(SETTINGS);
    responses.values().stream().filter(Objects::nonNull).forEach(pillarBook::add);
    alerts.values().stream().filter(Objects::nonNull).forEach(pillarBook::add);
    Map<String, PillarReport> expectedPillars = new TreeMap<>();
    pillarBook.reports().forEach(report -> expectedPillars.put(report.key(), report));
    pillars.values().removeIf(Objects::isNull);
    assertThat(pillars).as("seed %d", SEED).isEqualTo(expectedPillars).hasSizeGreaterThan(300);
    assertReadable(pipeline);
    assertTold(pipeline);
  }

  /** What the listener was told of NPS is what is published last, also where a task opens anew. */
  private void assertTold(TestPipeline pipeline) {
    Map<String, ScoreReport> latest = new TreeMap<>();
    for (ScoreReport report : scores.values()) {
      if (report.kind() == ScoreKind.NPS && report.window().equals("P30D")) {
        latest.merge(
            report.dimension() + "|" + report.value(),
            report,
            (a, b) -> a.asOf() < b.asOf() ? b : a);
      }
    }
    assertThat(told).as("seed %d", SEED).isEqualTo(latest).hasSizeGreaterThan(10);

    told.clear();
    MockProcessorContext<byte[], byte[]> context = new MockProcessorContext<>();
    context.addStateStore(pipeline.stores().get(StoreNames.SCORE_DAYS));
    context.addStateStore(pipeline.stores().get(StoreNames.SCORE_TOUCHED));
    ReportProcessor opened = new ReportProcessor(null, SETTINGS, listener);
    opened.init(context);
    assertThat(told).as("opened anew, seed %d", SEED).isEqualTo(latest);
    opened.close();
    assertThat(told).as("closed, seed %d", SEED).isEmpty();
  }

  /** What can be asked of the stores is what is published. */
  private void assertReadable(TestPipeline pipeline) {
    ScoreReader reader = TestPipeline.topology(TestPipeline.TOPICS, replay()).scoreReader();
    Map<String, ScoreReport> latest = new TreeMap<>();
    Map<String, List<ScoreReport>> series = new TreeMap<>();
    for (ScoreReport report : scores.values()) {
      if (report.window().equals("P7D")) {
        String key = new ScoreKey(report.kind(), report.dimension(), report.value()).toString();
        latest.merge(key, report, (a, b) -> a.asOf() < b.asOf() ? b : a);
        series.computeIfAbsent(key, k -> new ArrayList<>()).add(report);
      }
    }
    KeyValueStore<Bytes, byte[]> days = pipeline.store(StoreNames.SCORE_DAYS);
    assertThat(reader.latest(Window.P7D, days))
        .containsExactlyInAnyOrderElementsOf(latest.values())
        .isNotEmpty();
    assertThat(series)
        .allSatisfy(
            (key, reports) ->
                assertThat(
                        reader.series(ScoreKey.parse(key), Window.P7D, 0, Integer.MAX_VALUE, days))
                    .containsExactlyInAnyOrderElementsOf(reports));
    assertThat(
            reader.drivers(Window.P7D, days).stream()
                .filter(Drivers.Found.class::isInstance)
                .map(found -> ((Drivers.Found) found).report()))
        .containsExactlyInAnyOrderElementsOf(
            drivers.values().stream().filter(d -> d.window().equals("P7D")).toList());
    Map<String, PillarReport> latestPillars = new TreeMap<>();
    pillars.values().stream()
        .filter(report -> report.window().equals("P30D"))
        .forEach(
            report ->
                latestPillars.merge(
                    report.dimension() + "|" + report.value(),
                    report,
                    (a, b) -> a.asOf() < b.asOf() ? b : a));
    assertThat(reader.pillars(Window.P30D, pipeline.store(StoreNames.PILLAR_DAYS)))
        .containsExactlyInAnyOrderElementsOf(latestPillars.values());
  }

  @Test
  void shouldSendOneDeltaForManyAnswersOfAMoment() {
    TestPipeline pipeline = scored();
    for (int i = 0; i < 50; i++) {
      pipeline.arrives(answer("C-" + i, "t" + i, START, 9, null).build());
    }
    pipeline.advance(MOMENT);

    List<ScoreBucket> deltas = pipeline.scoreDeltas();
    assertThat(deltas).extracting(ScoreBucket::dimension).containsExactly("all", "channel");
    assertThat(deltas).allSatisfy(delta -> assertThat(delta.counts()).containsEntry("9.0", 50L));
    assertThat(pipeline.entriesOf(StoreNames.SCORE_PENDING)).isZero();
  }

  @Test
  void shouldTakeBackTheReportWhenItsOnlyAnswerMovesToAnotherDay() {
    TestPipeline pipeline = scored();
    pipeline.arrives(answer("C-1", "t1", START, 9, "x").build());
    pipeline.advance(MOMENT);
    pipeline.advance(MOMENT);
    read(pipeline);
    assertThat(scores).hasSize(8);

    pipeline.arrives(answer("C-1", "t2", START + 40 * DAY, 3, "x").build());
    pipeline.advance(MOMENT);
    pipeline.advance(MOMENT);
    read(pipeline);

    assertThat(scores.values().stream().filter(Objects::isNull)).hasSize(8);
    assertThat(scores.values().stream().filter(Objects::nonNull))
        .hasSize(8)
        .allSatisfy(report -> assertThat(report.detractors()).isEqualTo(1));
    assertThat(pipeline.entriesOf(StoreNames.SCORE_TOUCHED)).isZero();
  }

  private TestPipeline scored() {
    return open(
        replay()
            .rules(RuleCompiler.compile(RuleLoader.parse("rules.yaml", RULES)))
            .listener(listener));
  }

  private void read(TestPipeline pipeline) {
    responses.putAll(pipeline.latest(TestPipeline.TOPICS.surveyResponses(), SurveyResponse.class));
    scores.putAll(pipeline.latest(TestPipeline.TOPICS.scores(), ScoreReport.class));
    drivers.putAll(pipeline.latest(TestPipeline.TOPICS.drivers(), DriverReport.class));
    pillars.putAll(pipeline.latest(TestPipeline.TOPICS.pillars(), PillarReport.class));
    alerts.putAll(pipeline.latest(TestPipeline.TOPICS.alertsLatest(), Alert.class));
  }

  private Touchpoint anything(String customer, String id) {
    long at = START + (long) (random.nextDouble() * 6 * DAY);
    if (random.nextInt(8) == 0) {
      return touch(customer, id, at, "survey.sent").build();
    }
    if (random.nextInt(3) == 0) {
      return touch(customer, id, at, "page.viewed").build();
    }
    String about = random.nextInt(3) == 0 ? null : "about-" + random.nextInt(3);
    return answer(customer, id, at, random.nextInt(11), about)
        .topic("abcdef".substring(random.nextInt(6)).substring(0, 1))
        .build();
  }

  private TouchpointBuilder answer(
      String customer, String id, long at, double value, String about) {
    return touch(customer, id, at, "survey.answered")
        .topic(null)
        .area(null)
        .score(new Score(ScoreKind.NPS, value, 0, 10, about));
  }

  private TouchpointBuilder touch(String customer, String id, long at, String type) {
    return touchpoint(id, type, at - START)
        .identifier("customer", customer)
        .channel(Channel.WEB)
        .topic("abcdef".substring(random.nextInt(6)).substring(0, 1))
        .area(random.nextBoolean() ? Area.SALES : null);
  }

  private static SurveySent sent(Touchpoint t) {
    return new SurveySent(
        t.id(), "", t.occurredAt(), null, t.channel(), t.area(), t.segment(), t.topic(), null);
  }
}
