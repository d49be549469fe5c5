package io.fermata.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import io.fermata.journey.CustomerFold;
import io.fermata.journey.FoldSettings;
import io.fermata.journey.KeeperSettings;
import io.fermata.journey.MemoryJourneys;
import io.fermata.journey.TouchpointBytes;
import io.fermata.journey.Views;
import io.fermata.model.Area;
import io.fermata.model.Channel;
import io.fermata.model.Score;
import io.fermata.model.ScoreKind;
import io.fermata.model.SurveyResponse;
import io.fermata.model.SurveySent;
import io.fermata.model.Touchpoint;
import io.fermata.model.TouchpointBuilder;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.assertj.core.api.recursive.comparison.RecursiveComparisonConfiguration;
import org.junit.jupiter.api.Test;

/**
 * Survey responses of the fold against their definition. {@code -Dfermata.cases=N} runs more cases,
 * {@code -Dfermata.seed=N} begins at another seed.
 */
class SurveysAgainstOracleTest {

  private static final long CASES = Long.getLong("fermata.cases", 400);
  private static final long FIRST_SEED = Long.getLong("fermata.seed", 1);

  private static final RecursiveComparisonConfiguration NEARLY =
      RecursiveComparisonConfiguration.builder()
          .withComparatorForType(
              (left, right) -> Math.abs(left - right) <= 1e-9 ? 0 : 1, Double.class)
          .build();

  @Test
  void shouldGiveTheResponsesOfTheDefinitionWhateverTheOrderOfArrival() {
    int answers = 0;
    for (long seed = FIRST_SEED; seed < FIRST_SEED + CASES; seed++) {
      RandomCase of = withSurveys(RandomCase.of(seed), new Random(seed));
      List<OracleRule> rules =
          of.rules().stream().map(rule -> new OracleRule(rule, Vocabulary::valueOf)).toList();
      SurveyReading expected =
          new SurveyReading(
              RandomCase.CUSTOMER,
              of.touchpoints(),
              Oracle.experiences(rules, RandomCase.CUSTOMER, of.touchpoints(), of.clock()));
      answers += expected.responses().size();

      Views sorted =
          CustomerFold.fold(
              new FoldSettings(of.journeyGap(), of.journeySettle()),
              of.ruleSet(),
              RandomCase.CUSTOMER,
              of.touchpoints(),
              of.clock());
      assertEqual(of, "sorted", byId(sorted.responses(), SurveyResponse::id), expected.responses());
      assertEqual(of, "sorted", byId(sorted.sent(), SurveySent::id), expected.surveysSent());

      LastRecords records = arriveInAnyOrder(of, new Random(seed));
      assertThat(records.contradictions()).as("seed %d%n%s", seed, of).isEmpty();
      assertEqual(of, "shuffled", records.responses(), expected.responses());
      assertEqual(of, "shuffled", records.surveysSent(), expected.surveysSent());
      // What the two engines say is the same to the last bit.
      assertThat(records.responses())
          .as("seed %d", seed)
          .isEqualTo(byId(sorted.responses(), SurveyResponse::id));
    }
    assertThat(answers).isGreaterThan((int) CASES);
  }

  private static LastRecords arriveInAnyOrder(RandomCase of, Random random) {
    List<Touchpoint> arrivals = new ArrayList<>(of.touchpoints());
    of.touchpoints().stream().filter(t -> random.nextInt(6) == 0).forEach(arrivals::add);
    Collections.shuffle(arrivals, random);
    TouchpointBytes codec =
        (bytes, offset, length) -> arrivals.get(ByteBuffer.wrap(bytes, offset, length).getInt());
    MemoryJourneys journeys =
        new MemoryJourneys(
            of.ruleSet(),
            new KeeperSettings(
                new FoldSettings(of.journeyGap(), of.journeySettle()),
                KeeperSettings.ANY_LATENESS,
                1 + random.nextInt(6),
                1 + random.nextInt(4)),
            codec);
    LastRecords records = new LastRecords();
    for (int i = 0; i < arrivals.size(); i++) {
      byte[] encoded = ByteBuffer.allocate(Integer.BYTES).putInt(i).array();
      journeys.accept(RandomCase.CUSTOMER, arrivals.get(i), encoded, records);
      if (random.nextInt(5) == 0) {
        journeys.settle(arrivals.get(i).occurredAt(), records);
      }
    }
    journeys.settle(of.clock(), records);
    return records;
  }

  private static RandomCase withSurveys(RandomCase of, Random random) {
    List<Touchpoint> touchpoints = new ArrayList<>();
    for (Touchpoint touchpoint : of.touchpoints()) {
      TouchpointBuilder builder = touchpoint.toBuilder();
      if (random.nextInt(3) == 0) {
        builder.score(score(of, random)).segment(random.nextBoolean() ? "youth" : null);
      } else if (random.nextInt(8) == 0) {
        builder.type("survey.sent");
        builder.attributes(random.nextBoolean() ? Map.of() : Map.of("kind", "NPS"));
      }
      if (random.nextBoolean()) {
        builder
            .channel(random.nextBoolean() ? Channel.VIDEO : Channel.POST)
            .area(random.nextBoolean() ? Area.SALES : null)
            .campaign(random.nextBoolean() ? "spring" : null);
      }
      touchpoints.add(builder.build());
    }
    return of.with(touchpoints);
  }

  private static Score score(RandomCase of, Random random) {
    String any = of.touchpoints().get(random.nextInt(of.touchpoints().size())).id();
    String about = random.nextInt(4) == 0 ? null : random.nextInt(8) == 0 ? "nowhere" : any;
    ScoreKind kind = random.nextInt(3) == 0 ? ScoreKind.CSAT : ScoreKind.NPS;
    return new Score(kind, random.nextInt(11), 0, 10, about);
  }

  private static <V> Map<String, V> byId(Collection<V> views, Function<V, String> id) {
    return views.stream().collect(Collectors.toMap(id, view -> view));
  }

  private static <V> void assertEqual(
      RandomCase of, String how, Map<String, V> actual, Map<String, V> expected) {
    assertThat(actual.keySet())
        .as("seed %d, %s%n%s", of.seed(), how, of)
        .isEqualTo(expected.keySet());
    expected.forEach(
        (id, response) ->
            assertThat(actual.get(id))
                .as("seed %d, %s%n%s", of.seed(), how, of)
                .usingRecursiveComparison(NEARLY)
                .isEqualTo(response));
  }
}
