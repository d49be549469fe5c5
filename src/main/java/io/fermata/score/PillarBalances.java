package io.fermata.score;

import io.fermata.model.Pillar;
import io.fermata.model.Polarity;
import io.fermata.model.Severity;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What a customer remembers of each pillar, kept up to date one experience after another: {@code G
 * - 4 B} of {@link PillarScores}, as faded at the time of the last experience. Mutable, not safe
 * for threads.
 */
public final class PillarBalances {

  /** The six pillars, in the order of the balances. */
  public static final List<Pillar> PILLARS =
      Arrays.stream(Pillar.values()).filter(pillar -> pillar != Pillar.UNKNOWN).toList();

  private static final double HALF_LIFE_MILLIS = 90 * 86_400_000.0;
  private static final double BAD_AGAINST_GOOD = 4;
  private static final double SPREAD = 8;

  private long at;
  private final double[] balances;

  /** Of a customer of whom nothing is known. */
  public PillarBalances() {
    this(0, new double[PILLARS.size()]);
  }

  /**
   * As they were read.
   *
   * @param at when they were like this, epoch milliseconds
   * @param balances one for each of {@link #PILLARS}; owned by this from here on
   */
  public PillarBalances(long at, double[] balances) {
    this.at = at;
    this.balances = balances;
  }

  /** When the balances are like this, epoch milliseconds. */
  public long at() {
    return at;
  }

  /** The balance of one of {@link #PILLARS}. */
  public double balance(int pillar) {
    return balances[pillar];
  }

  /** Adds an experience; one of an unknown pillar is none. */
  public void add(Experience experience) {
    int pillar = PILLARS.indexOf(experience.pillar());
    if (pillar < 0) {
      return;
    }
    double value = value(experience);
    if (experience.at() > at) {
      double left = left(experience.at() - at);
      for (int i = 0; i < balances.length; i++) {
        balances[i] *= left;
      }
      at = experience.at();
    } else {
      value *= left(at - experience.at());
    }
    balances[pillar] += value;
  }

  /** The score of each pillar at a time that is no earlier than {@link #at}, 0 to 100. */
  public Map<Pillar, Double> scoresAt(long time) {
    double left = left(time - at);
    Map<Pillar, Double> scores = new EnumMap<>(Pillar.class);
    for (int i = 0; i < balances.length; i++) {
      scores.put(PILLARS.get(i), 50 + 50 * StrictMath.tanh(balances[i] * left / SPREAD));
    }
    return Collections.unmodifiableMap(scores);
  }

  /** Strict: the same bits on every machine. */
  private static double left(long millis) {
    return millis == 0 ? 1 : StrictMath.pow(0.5, millis / HALF_LIFE_MILLIS);
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
