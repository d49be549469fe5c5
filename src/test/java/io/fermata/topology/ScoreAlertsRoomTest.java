package io.fermata.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.fermata.model.Change;
import io.fermata.model.Channel;
import io.fermata.model.Score;
import io.fermata.model.ScoreAlert;
import io.fermata.model.ScoreKind;
import io.fermata.model.SurveyResponse;
import io.fermata.model.Touchpoint;
import io.fermata.model.TouchpointBuilder;
import io.fermata.score.ScoreBook;
import io.fermata.score.ScoreSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What is published in the topic score-alerts. */
class ScoreAlertsRoomTest extends PipelineTest {

  private static final long SEED = Long.getLong("fermata.seed", 20_260_301);
  private static final Duration MOMENT = CountProcessor.MOMENT;

  private static final ScoreSettings SETTINGS =
      ScoreSettings.parse("Europe/Warsaw", List.of("channel+topic"));

  private final Random random = new Random(SEED);
  private final Map<String, ScoreAlert> alerts = new TreeMap<>();
  private final Map<String, SurveyResponse> responses = new TreeMap<>();

  @Test
  void shouldEndInTheAlertsOfADirectReadingWhateverTheOrderAndTheRevisions() {
    TestPipeline pipeline = open(replay());
    List<Touchpoint> arrivals = new ArrayList<>();
    for (int i = 0; i < 900; i++) {
      int day = random.nextInt(30);
      Channel channel = random.nextBoolean() ? Channel.WEB : Channel.VOICE;
      // The web falls after two weeks; everybody may answer again about the same.
      boolean bad = channel == Channel.WEB && day >= 14 || random.nextInt(4) == 0;
      arrivals.add(
          answer("C-" + random.nextInt(800), "t" + i, day, channel)
              .score(score(bad ? random.nextInt(7) : 9 + random.nextInt(2), random.nextBoolean()))
              .build());
    }
    Collections.shuffle(arrivals, random);
    for (Touchpoint arrival : arrivals) {
      pipeline.arrives(arrival);
      if (random.nextInt(40) == 0) {
        pipeline.advance(MOMENT);
      }
      if (random.nextInt(200) == 0) {
        read(pipeline);
      }
    }
    settle(pipeline);

    ScoreBook book = new ScoreBook(SETTINGS);
    responses.values().stream().filter(Objects::nonNull).forEach(book::add);
    Map<String, ScoreAlert> expected = new TreeMap<>();
    book.alerts().forEach(alert -> expected.put(alert.id(), alert));
    assertThat(alerts).as("seed %d", SEED).isEqualTo(expected).isNotEmpty();
    assertThat(alerts.values()).anyMatch(alert -> alert.value().equals("WEB"));
    assertThat(alerts.values()).noneMatch(alert -> alert.value().equals("VOICE"));
    ScoreReader reader = TestPipeline.topology(TestPipeline.TOPICS, replay()).scoreReader();
    assertThat(reader.alerts(pipeline.store(StoreNames.SCORE_FAMILIES)))
        .containsExactlyInAnyOrderElementsOf(expected.values());
  }

  @Test
  void shouldRaiseOnceTheDayIsOverAndTakeBackWhatALateAnswerExplains() {
    TestPipeline pipeline = open(replay());
    for (int i = 0; i < 40; i++) {
      pipeline.arrives(answer("C-" + i, "a" + i, 0, Channel.WEB).score(score(10, false)).build());
      pipeline.arrives(
          answer("C-" + i, "b" + i, 7, Channel.WEB).score(score(i < 20 ? 8 : 10, false)).build());
    }
    settle(pipeline);
    assertThat(alerts).isEmpty();

    pipeline.arrives(answer("C-1", "c", 8, Channel.WEB).score(score(10, false)).build());
    List<TestPipeline.Published<ScoreAlert>> raised = settle(pipeline);

    // As of the 8th day alone: on the 9th the answers of the first day are out of the window
    // before.
    assertThat(raised).extracting(TestPipeline.Published::change).containsOnly(Change.RAISED);
    assertThat(raised).extracting(one -> one.value().dimension()).contains("all", "channel");
    assertThat(raised)
        .allSatisfy(
            one -> {
              assertThat(one.value().window()).isEqualTo("P7D");
              assertThat(one.value().change()).isEqualTo(-50);
              assertThat(one.value().p()).isLessThan(0.001);
            });

    // The answers of the first day were no better: told late.
    for (int i = 0; i < 40; i++) {
      pipeline.arrives(answer("L-" + i, "l" + i, 0, Channel.WEB).score(score(0, false)).build());
    }
    List<TestPipeline.Published<ScoreAlert>> takenBack = settle(pipeline);

    assertThat(takenBack).extracting(TestPipeline.Published::change).containsOnly(Change.RETRACTED);
    assertThat(takenBack).extracting(TestPipeline.Published::value).containsOnlyNulls();
    assertThat(takenBack)
        .extracting(TestPipeline.Published::key)
        .containsExactlyInAnyOrderElementsOf(
            raised.stream().map(TestPipeline.Published::key).toList());
    assertThat(alerts).isEmpty();
    assertThat(pipeline.entriesOf(StoreNames.SCORE_JUDGED)).isZero();
  }

  private List<TestPipeline.Published<ScoreAlert>> settle(TestPipeline pipeline) {
    for (int i = 0; i < 3; i++) {
      pipeline.advance(MOMENT);
    }
    return read(pipeline);
  }

  private List<TestPipeline.Published<ScoreAlert>> read(TestPipeline pipeline) {
    responses.putAll(pipeline.latest(TestPipeline.TOPICS.surveyResponses(), SurveyResponse.class));
    List<TestPipeline.Published<ScoreAlert>> published = pipeline.scoreAlerts();
    for (TestPipeline.Published<ScoreAlert> one : published) {
      if (one.value() == null) {
        alerts.remove(one.key());
      } else {
        alerts.put(one.key(), one.value());
      }
    }
    return published;
  }

  private static Score score(int value, boolean again) {
    return new Score(ScoreKind.NPS, value, 0, 10, again ? "the-same" : null);
  }

  private static TouchpointBuilder answer(String customer, String id, int day, Channel channel) {
    return touchpoint(id, "survey.answered", day * Duration.ofDays(1).toMillis())
        .identifier("customer", customer)
        .topic(null)
        .area(null)
        .channel(channel);
  }
}
