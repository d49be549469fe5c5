package io.fermata.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.fermata.model.Pillar;
import io.fermata.model.Polarity;
import io.fermata.model.Severity;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class PillarScoresTest {

  private static final long SEED = 20261122;
  private static final long DAY = 86_400_000L;
  private static final long NOW = 1_800_000_000_000L;
  private static final List<Severity> SEVERITIES =
      List.of(Severity.LOW, Severity.MEDIUM, Severity.HIGH, Severity.CRITICAL);
  private static final Offset<Double> CLOSE = within(1e-9);

  @Test
  void shouldBeFiftyInEveryPillarWhenNothingIsKnown() {
    assertThat(PillarScores.at(List.of(), NOW))
        .containsOnlyKeys(
            Pillar.INTEGRITY,
            Pillar.RESOLUTION,
            Pillar.EXPECTATIONS,
            Pillar.TIME_AND_EFFORT,
            Pillar.PERSONALISATION,
            Pillar.EMPATHY)
        .allSatisfy((pillar, score) -> assertThat(score).isEqualTo(50.0));
  }

  @Test
  void shouldRiseByOneGoodExperienceAndFallFourTimesAsFarInTheSumByAMediumBadOne() {
    assertThat(empathy(good(0))).isCloseTo(50 + 50 * Math.tanh(1 / 8.0), CLOSE);
    assertThat(empathy(bad(Severity.MEDIUM, 0))).isCloseTo(50 - 50 * Math.tanh(4 / 8.0), CLOSE);
    assertThat(empathy(good(0), good(0), good(0), good(0), bad(Severity.MEDIUM, 0)))
        .isCloseTo(50, CLOSE);
  }

  @Test
  void shouldWeighBadExperiencesBySeverity() {
    assertThat(empathy(bad(Severity.LOW, 0))).isCloseTo(50 - 50 * Math.tanh(2 / 8.0), CLOSE);
    assertThat(empathy(bad(Severity.HIGH, 0))).isCloseTo(50 - 50 * Math.tanh(8 / 8.0), CLOSE);
    assertThat(empathy(bad(Severity.CRITICAL, 0))).isCloseTo(50 - 50 * Math.tanh(12 / 8.0), CLOSE);
  }

  @Test
  void shouldHalveWhatIsNinetyDaysOld() {
    assertThat(empathy(good(90))).isCloseTo(50 + 50 * Math.tanh(0.5 / 8), CLOSE);
    assertThat(empathy(bad(Severity.HIGH, 180))).isCloseTo(50 - 50 * Math.tanh(2 / 8.0), CLOSE);
  }

  @Test
  void shouldNotCountWhatIsYetToComeAndCountWhatIsNow() {
    Experience now = new Experience(NOW, Pillar.EMPATHY, Polarity.GOOD, Severity.LOW);
    Experience next = new Experience(NOW + 1, Pillar.EMPATHY, Polarity.GOOD, Severity.LOW);
    assertThat(empathy(now, next)).isCloseTo(50 + 50 * Math.tanh(1 / 8.0), CLOSE);
  }

  @Test
  void shouldKeepThePillarsApart() {
    Experience other = new Experience(NOW, Pillar.RESOLUTION, Polarity.BAD, Severity.CRITICAL);
    assertThat(empathy(other)).isEqualTo(50.0);
  }

  @Test
  void shouldEqualToTheLastBitInAnyOrderAndStayWithinItsBounds() {
    Random random = new Random(SEED);
    List<Experience> experiences = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      experiences.add(
          random.nextInt(3) == 0
              ? bad(SEVERITIES.get(random.nextInt(SEVERITIES.size())), random.nextInt(400))
              : good(random.nextInt(400)));
    }
    Map<Pillar, Double> scores = PillarScores.at(experiences, NOW);
    Collections.shuffle(experiences, random);
    assertThat(PillarScores.at(experiences, NOW)).as("seed %d", SEED).isEqualTo(scores);
    assertThat(scores.values()).allSatisfy(score -> assertThat(score).isBetween(0.0, 100.0));
  }

  private static double empathy(Experience... experiences) {
    return PillarScores.at(List.of(experiences), NOW).get(Pillar.EMPATHY);
  }

  private static Experience good(int daysOld) {
    return new Experience(NOW - daysOld * DAY, Pillar.EMPATHY, Polarity.GOOD, Severity.LOW);
  }

  private static Experience bad(Severity severity, int daysOld) {
    return new Experience(NOW - daysOld * DAY, Pillar.EMPATHY, Polarity.BAD, severity);
  }
}
