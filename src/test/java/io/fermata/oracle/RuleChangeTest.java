package io.fermata.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import io.fermata.journey.FoldSettings;
import io.fermata.journey.KeeperSettings;
import io.fermata.journey.MemoryJourneys;
import io.fermata.journey.TouchpointBytes;
import io.fermata.journey.ViewCollector;
import io.fermata.journey.ViewSink;
import io.fermata.model.Ids;
import io.fermata.model.Touchpoint;
import io.fermata.rules.Rule;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Where all history is kept, a change of rules at any moment ends in the views that the new rules
 * would have made from the beginning. {@code -Dfermata.cases=N} runs more cases, {@code
 * -Dfermata.seed=N} begins at another seed.
 */
class RuleChangeTest {

  private static final long CASES = Long.getLong("fermata.cases", 2_000);
  private static final long FIRST_SEED = Long.getLong("fermata.seed", 1);

  @Test
  void shouldEndInTheViewsOfTheNewRulesWhenAllHistoryIsKept() {
    for (long seed = FIRST_SEED; seed < FIRST_SEED + CASES; seed++) {
      RandomCase of = RandomCase.of(seed);
      assertThat(differences(of)).as("seed %d: %s", seed, of).isEmpty();
    }
  }

  @Test
  void shouldChangeNothingForRulesThatStayWhenHistoryIsTrimmed() {
    for (long seed = FIRST_SEED; seed < FIRST_SEED + CASES; seed++) {
      RandomCase of = RandomCase.of(seed);
      Random random = new Random(seed);
      RandomCase before = some(of, random);
      RandomCase after = some(of, random);
      List<Rule> staying = new ArrayList<>(before.rules());
      staying.retainAll(after.rules());
      // Their experiences and pauses may be other ones, as other rules have come and gone.
      staying.removeIf(rule -> rule.onExperiences() || rule.kind().toString().contains("paused"));
      Set<String> ids = staying.stream().map(Rule::id).collect(Collectors.toSet());
      KeeperSettings settings =
          new KeeperSettings(
              new FoldSettings(of.journeyGap(), of.journeySettle()),
              random.nextInt(3000),
              1 + random.nextInt(3),
              1 + random.nextInt(4));
      ViewCollector views = new ViewCollector();
      run(of, before, after, of.touchpoints(), settings, random, views);

      assertThat(views.views().alerts().stream().filter(alert -> ids.contains(alert.rule())))
          .as("seed %d: %s", seed, of)
          .containsExactlyInAnyOrderElementsOf(
              of.withRules(staying).oracleViews().alerts().values());
    }
  }

  private static List<String> differences(RandomCase of) {
    Random random = new Random(of.seed());
    RandomCase before = some(of, random);
    RandomCase after = some(of, random);
    List<Touchpoint> touchpoints = new ArrayList<>(of.touchpoints());
    if (random.nextBoolean()) {
      Collections.shuffle(touchpoints, random);
    }
    KeeperSettings settings =
        new KeeperSettings(
            new FoldSettings(of.journeyGap(), of.journeySettle()),
            KeeperSettings.ANY_LATENESS,
            1 + random.nextInt(6),
            1 + random.nextInt(4),
            true);
    LastRecords records = new LastRecords();
    run(of, before, after, touchpoints, settings, random, records);
    return records.differencesTo(after.oracleViews());
  }

  private static void run(
      RandomCase of,
      RandomCase before,
      RandomCase after,
      List<Touchpoint> touchpoints,
      KeeperSettings settings,
      Random random,
      ViewSink records) {
    TouchpointBytes codec =
        (bytes, offset, length) -> touchpoints.get(ByteBuffer.wrap(bytes, offset, length).getInt());
    MemoryJourneys journeys = new MemoryJourneys(before.ruleSet(), settings, codec);
    int changeAt = random.nextInt(touchpoints.size() + 1);
    for (int i = 0; i <= touchpoints.size(); i++) {
      if (i == changeAt) {
        if (i > 0 && random.nextBoolean()) {
          long clock = touchpoints.get(i - 1).occurredAt() + random.nextInt(2000);
          journeys.settle(Math.min(clock, of.clock()), records);
        }
        journeys.change(after.ruleSet(), records);
      }
      if (i < touchpoints.size()) {
        byte[] encoded = ByteBuffer.allocate(Integer.BYTES).putInt(i).array();
        journeys.accept(RandomCase.CUSTOMER, touchpoints.get(i), encoded, records);
      }
    }
    journeys.settle(of.clock(), records);
  }

  /** Some of the rules, of which some may differ from those of the same id. */
  private static RandomCase some(RandomCase of, Random random) {
    List<Rule> rules = new ArrayList<>();
    for (Rule rule : of.rules()) {
      int fate = random.nextInt(5);
      if (fate > 1) {
        rules.add(rule);
      } else if (fate == 1) {
        rules.add(changed(rule, RandomCase.of(of.seed() + 1).rules().get(0)));
      }
    }
    return of.withRules(rules);
  }

  private static Rule changed(Rule rule, Rule into) {
    return new Rule(
        rule.id(),
        Ids.sha256(rule.id() + " changed", 12),
        into.theme(),
        into.title(),
        into.advice(),
        into.pillar(),
        into.polarity(),
        into.severity(),
        into.levels(),
        into.quietForMillis(),
        into.pause(),
        into.onExperiences(),
        into.area(),
        into.channel(),
        into.attributes(),
        into.kind());
  }
}
