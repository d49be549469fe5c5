package io.fermata.generate;

import static org.assertj.core.api.Assertions.assertThat;

import io.fermata.model.Outcome;
import io.fermata.model.ScoreKind;
import io.fermata.model.Touchpoint;
import java.time.Duration;
import java.util.DoubleSummaryStatistics;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Answers come from what the customer went through. */
class SurveyAnswersTest {

  private static final long RECENT = Duration.ofDays(21).toMillis();
  private static final List<Touchpoint> YEAR =
      TouchpointGeneratorTest.all(GeneratorSettings.of(5, 900, 180).withSurveys(1));

  private final DoubleSummaryStatistics afterBad = new DoubleSummaryStatistics();
  private final DoubleSummaryStatistics otherwise = new DoubleSummaryStatistics();

  @Test
  void shouldRecommendLessAfterABadContact() {
    compare(ScoreKind.NPS);

    assertThat(afterBad.getCount()).isGreaterThan(100);
    assertThat(otherwise.getCount()).isGreaterThan(100);
    assertThat(afterBad.getAverage()).isLessThan(otherwise.getAverage() - 0.7);
  }

  @Test
  void shouldBeLessSatisfiedAfterABadContact() {
    compare(ScoreKind.CSAT);

    assertThat(afterBad.getAverage()).isLessThan(otherwise.getAverage() - 0.4);
  }

  @Test
  void shouldFindItHarderAfterABadContact() {
    compare(ScoreKind.CES);

    assertThat(afterBad.getAverage()).isLessThan(otherwise.getAverage() - 0.5);
  }

  @Test
  void shouldUseMostOfTheScaleAndStayBelievable() {
    int promoters = 0;
    int detractors = 0;
    int all = 0;
    for (Touchpoint t : YEAR) {
      if (t.score() != null && t.score().kind() == ScoreKind.NPS) {
        all++;
        promoters += t.score().value() >= 9 ? 1 : 0;
        detractors += t.score().value() <= 6 ? 1 : 0;
      }
    }

    assertThat(promoters).isBetween(all / 10, all * 6 / 10);
    assertThat(detractors).isBetween(all / 10, all * 6 / 10);
  }

  private void compare(ScoreKind kind) {
    Map<String, Long> lastBad = new HashMap<>();
    for (Touchpoint t : YEAR) {
      String customer = t.identifiers().get(0).value();
      if (isBadContact(t)) {
        lastBad.put(customer, t.occurredAt());
      } else if (t.score() != null && t.score().kind() == kind) {
        Long bad = lastBad.get(customer);
        boolean recent = bad != null && t.occurredAt() - bad <= RECENT;
        (recent ? afterBad : otherwise).accept(t.score().value());
      }
    }
  }

  private static boolean isBadContact(Touchpoint t) {
    return t.type().equals(Vocabulary.CONTACT_ENDED)
        && (t.outcome() == Outcome.UNRESOLVED
            || t.outcome() == Outcome.ABANDONED
            || (t.waitSeconds() != null && t.waitSeconds() >= 300));
  }
}
