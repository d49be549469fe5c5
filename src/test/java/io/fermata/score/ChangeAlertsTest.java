package io.fermata.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.fermata.model.ScoreAlert;
import io.fermata.model.ScoreComparison;
import io.fermata.model.ScoreComparison.Counts;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ChangeAlertsTest {

  private static final long SEED = Long.getLong("fermata.seed", 20_260_301);
  private static final int DAY = 20_000;
  private static final int CHANNELS = 6;
  private static final int TOPICS = 8;

  private final Random random = new Random(SEED);

  /** Promoters, detractors and answers now and before: what a family is made of. */
  private static final class Cell {
    private final long[] counts = new long[6];

    void add(Cell other) {
      for (int i = 0; i < counts.length; i++) {
        counts[i] += other.counts[i];
      }
    }

    Counts toCounts() {
      return new Counts(counts[0], counts[1], counts[2], counts[3], counts[4], counts[5]);
    }
  }

  @Test
  void shouldRaiseFalseAlarmsInNoMoreThanOneFamilyOfTwenty() {
    int families = 2_000;
    int raised = 0;
    int uncorrected = 0;
    for (int i = 0; i < families; i++) {
      List<ScoreComparison> family = family(0.45, 0.25, null, 0);
      raised += alerts(family).isEmpty() ? 0 : 1;
      uncorrected += i < 200 && family.stream().anyMatch(ChangeAlertsTest::fellOnItsOwn) ? 1 : 0;
    }

    String what =
        "seed %d: %d of %d, uncorrected %d of 200".formatted(SEED, raised, families, uncorrected);
    assertThat((double) raised / families).as(what).isBetween(0.005, 0.05);
    // Each on its own, the same comparisons would page somebody most of the time.
    assertThat((double) uncorrected / 200).as(what).isGreaterThan(0.3);
  }

  @Test
  void shouldFindARealFall() {
    int families = 300;
    int found = 0;
    int others = 0;
    for (int i = 0; i < families; i++) {
      List<ScoreAlert> alerts = alerts(family(0.45, 0.25, "channel-2", 0.25));
      found += alerts.stream().anyMatch(alert -> alert.value().equals("channel-2")) ? 1 : 0;
      others +=
          alerts.stream()
                  .anyMatch(
                      alert ->
                          alert.dimension().equals("channel") && !alert.value().equals("channel-2"))
              ? 1
              : 0;
    }

    String what = "seed %d: %d and %d others of %d".formatted(SEED, found, others, families);
    assertThat((double) found / families).as(what).isGreaterThan(0.95);
    assertThat((double) others / families).as(what).isLessThan(0.05);
  }

  /** The p-values that R's t.test gives for the same answers; src/test/r/welch.R prints them. */
  @Test
  void shouldTestAsRDoes() {
    assertP(new NpsCounts(120, 48, 40), new NpsCounts(150, 82, 30), WELCH_1);
    assertP(new NpsCounts(30, 29, 0), new NpsCounts(30, 30, 0), WELCH_2);
    assertP(new NpsCounts(4000, 1700, 1200), new NpsCounts(3900, 1800, 1050), WELCH_3);
  }

  private static final double WELCH_1 = 0.00630912938143272;
  private static final double WELCH_2 = 0.325581988016194;
  private static final double WELCH_3 = 0.000358182240144641;

  private static void assertP(NpsCounts now, NpsCounts before, double p) {
    assertThat(ChangeAlerts.p(now, before)).isCloseTo(p, within(1e-9 * p));
  }

  @Test
  void shouldSayTheSameOfAFamilyInAnyOrder() {
    List<ScoreComparison> family = family(0.45, 0.25, "channel-1", 0.3);
    List<ScoreAlert> alerts = alerts(family);
    Collections.shuffle(family, random);

    assertThat(alerts(family)).as("seed %d", SEED).isEqualTo(alerts).isNotEmpty();
  }

  /** Worked out in docs/scores.md. */
  @Test
  void shouldCorrectAfterHolm() {
    List<ScoreComparison> family =
        List.of(
            new ScoreComparison("all", "all", DAY, true, Map.of()),
            of("a", new Counts(200, 80, 70, 200, 110, 40)),
            of("b", new Counts(200, 87, 62, 200, 105, 45)),
            of("c", new Counts(200, 100, 50, 200, 100, 50)));

    List<ScoreAlert> alerts = alerts(family);

    // On its own b would be told too; it comes second of three, and twice its p is not below 0.05.
    double b = ChangeAlerts.p(new NpsCounts(200, 87, 62), new NpsCounts(200, 105, 45));
    assertThat(b).isCloseTo(0.0368598768911672, within(1e-12));
    assertThat(alerts).extracting(ScoreAlert::value).containsExactly("a");
    assertThat(alerts.get(0).p()).isEqualTo(0.001040); // 3 x 0.000346781..., four digits of it
    assertThat(alerts.get(0).tests()).isEqualTo(3);
    assertThat(alerts.get(0).change()).isCloseTo(-30, within(1e-9));
    assertThat(-alerts.get(0).change()).isGreaterThan(alerts.get(0).marginOfError());
  }

  @Test
  void shouldTellARiseFromAFall() {
    assertThat(
            alerts(
                List.of(
                    new ScoreComparison("all", "all", DAY, true, Map.of()),
                    of("a", new Counts(400, 300, 20, 400, 100, 200)))))
        .isEmpty();
  }

  @Test
  void shouldSayNothingBeforeTheDayIsOver() {
    ScoreComparison fell = of("a", new Counts(400, 100, 200, 400, 300, 20));

    assertThat(alerts(List.of(fell))).isEmpty();
    assertThat(alerts(List.of(fell, new ScoreComparison("all", "all", DAY, true, Map.of()))))
        .hasSize(1);
  }

  @Test
  void shouldFindAFallFromOneAnswerToAnother() {
    ScoreComparison all = new ScoreComparison("all", "all", DAY, true, Map.of());
    Counts fell = new Counts(30, 0, 0, 30, 30, 0);
    Counts same = new Counts(30, 30, 0, 30, 30, 0);

    assertThat(alerts(List.of(all, of("a", fell)))).extracting(ScoreAlert::p).containsExactly(0.0);
    assertThat(alerts(List.of(all, of("a", same)))).isEmpty();
  }

  private static List<ScoreAlert> alerts(List<ScoreComparison> family) {
    return ChangeAlerts.of(ScoreSettings.DEFAULTS, DAY, family);
  }

  private static ScoreComparison of(String value, Counts counts) {
    return new ScoreComparison("topic", value, DAY, false, Map.of("P7D", counts));
  }

  private static boolean fellOnItsOwn(ScoreComparison one) {
    Counts c = one.windows().get("P7D");
    NpsCounts now = new NpsCounts(c.n(), c.promoters(), c.detractors());
    NpsCounts before = new NpsCounts(c.beforeN(), c.beforePromoters(), c.beforeDetractors());
    return now.nps() < before.nps() && ChangeAlerts.p(now, before) < ChangeAlerts.LEVEL;
  }

  /**
   * Answers in every channel and topic, looked at by all, channel, topic and both.
   *
   * @param falls a channel in which so many promoters more become detractors; null for none
   */
  private List<ScoreComparison> family(
      double promoters, double detractors, String falls, double by) {
    Map<String, Cell> cells = new TreeMap<>();
    for (int channel = 0; channel < CHANNELS; channel++) {
      for (int topic = 0; topic < TOPICS; topic++) {
        String name = "channel-" + channel;
        Cell cell = new Cell();
        double fall = name.equals(falls) ? by : 0;
        draw(cell.counts, 0, promoters - fall, detractors + fall);
        draw(cell.counts, 3, promoters, detractors);
        for (String in :
            List.of(
                "all|all",
                "channel|" + name,
                "topic|topic-" + topic,
                "channel+topic|" + name + "+topic-" + topic)) {
          cells.computeIfAbsent(in, k -> new Cell()).add(cell);
        }
      }
    }
    List<ScoreComparison> family = new ArrayList<>();
    cells.forEach(
        (name, cell) -> {
          DimensionValue of = DimensionValue.parse(name);
          family.add(
              new ScoreComparison(
                  of.dimension(),
                  of.value(),
                  DAY,
                  of.equals(DimensionValue.ALL),
                  Map.of("P7D", cell.toCounts())));
        });
    return family;
  }

  private void draw(long[] counts, int from, double promoters, double detractors) {
    int n = 30 + random.nextInt(50);
    counts[from] = n;
    for (int i = 0; i < n; i++) {
      double u = random.nextDouble();
      if (u < promoters) {
        counts[from + 1]++;
      } else if (u < promoters + detractors) {
        counts[from + 2]++;
      }
    }
  }
}
