package io.fermata.score;

import io.fermata.model.Pillar;
import io.fermata.model.Polarity;
import io.fermata.model.Severity;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The pillar scores of a customer: for each pillar {@code 50 + 50 tanh((G - 4 B) / 8)}, where G and
 * B are the sums over its good and its bad experiences of {@code 0.5^(age / 90 days)}, bad ones
 * times their weight (LOW 0.5, MEDIUM 1, HIGH 2, CRITICAL 3). 50 is a customer of whom we know
 * nothing. The 4 is from the study of 75,000 customers behind "don't delight, make it easy": bad
 * service lowers loyalty up to four times as much as good service raises it.
 */
public final class PillarScores {

  private static final double HALF_LIFE_MILLIS = 90 * 86_400_000.0;
  private static final double BAD_AGAINST_GOOD = 4;
  private static final double SPREAD = 8;

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
    List<Experience> known =
        experiences.stream()
            .filter(experience -> experience.at() <= at)
            .filter(experience -> experience.pillar() != Pillar.UNKNOWN)
            .sorted(ORDER)
            .toList();
    Map<Pillar, Double> balances = new EnumMap<>(Pillar.class);
    for (Pillar pillar : Pillar.values()) {
      if (pillar != Pillar.UNKNOWN) {
        balances.put(pillar, 0.0);
      }
    }
    for (Experience experience : known) {
      double faded = Math.pow(0.5, (at - experience.at()) / HALF_LIFE_MILLIS);
      balances.merge(experience.pillar(), faded * value(experience), Double::sum);
    }
    balances.replaceAll((pillar, balance) -> 50 + 50 * Math.tanh(balance / SPREAD));
    return Collections.unmodifiableMap(balances);
  }

  private static double value(Experience experience) {
    return experience.polarity() == Polarity.GOOD
        ? 1
        : -BAD_AGAINST_GOOD * weight(experience.severity());
  }

  private static double weight(Severity severity) {
    return switch (severity) {
      case LOW -> 0.5;
      case MEDIUM -> 1;
      case HIGH -> 2;
      case CRITICAL -> 3;
      case UNKNOWN -> throw new IllegalArgumentException("an experience of unknown severity");
    };
  }
}
