package io.fermata.score;

import io.fermata.model.Pillar;
import java.util.Collection;
import java.util.Comparator;
import java.util.Map;

/**
 * The pillar scores of a customer: for each pillar {@code 50 + 50 tanh((G - 4 B) / 8)}, where G and
 * B are the sums over its good and its bad experiences of {@code 0.5^(age / 90 days)}, bad ones
 * times their weight (LOW 0.5, MEDIUM 1, HIGH 2, CRITICAL 3). 50 is a customer of whom we know
 * nothing. The 4 is from the study of 75,000 customers behind "don't delight, make it easy": bad
 * service lowers loyalty up to four times as much as good service raises it.
 */
public final class PillarScores {

  /** Adding in one order gives one result to the last bit, whatever order they come in. */
  private static final Comparator<Experience> ORDER =
      Comparator.comparingLong(Experience::at)
          .thenComparing(Experience::polarity)
          .thenComparing(Experience::severity);

  private PillarScores() {}

  /**
   * The score of each of the six pillars, 0 to 100.
   *
   * @param experiences of one customer, in any order; those after {@code at} are not counted yet
   * @param at the time at which the scores are taken, epoch milliseconds
   */
  public static Map<Pillar, Double> at(Collection<Experience> experiences, long at) {
    PillarBalances balances = new PillarBalances();
    experiences.stream()
        .filter(experience -> experience.at() <= at)
        .sorted(ORDER)
        .forEach(balances::add);
    return balances.scoresAt(at);
  }
}
