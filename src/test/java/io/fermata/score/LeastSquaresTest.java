package io.fermata.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class LeastSquaresTest {

  private static final long SEED = Long.getLong("fermata.seed", 20_260_301);

  /** Longley (1967), as published by NIST StRD with certified values: y first, then x1 .. x6. */
  static final double[][] LONGLEY = {
    {60323, 83.0, 234289, 2356, 1590, 107608, 1947},
    {61122, 88.5, 259426, 2325, 1456, 108632, 1948},
    {60171, 88.2, 258054, 3682, 1616, 109773, 1949},
    {61187, 89.5, 284599, 3351, 1650, 110929, 1950},
    {63221, 96.2, 328975, 2099, 3099, 112075, 1951},
    {63639, 98.1, 346999, 1932, 3594, 113270, 1952},
    {64989, 99.0, 365385, 1870, 3547, 115094, 1953},
    {63761, 100.0, 363112, 3578, 3350, 116219, 1954},
    {66019, 101.2, 397469, 2904, 3048, 117388, 1955},
    {67857, 104.6, 419180, 2822, 2857, 118734, 1956},
    {68169, 108.4, 442769, 2936, 2798, 120445, 1957},
    {66513, 110.8, 444546, 4681, 2637, 121950, 1958},
    {68655, 112.6, 482704, 3813, 2552, 123366, 1959},
    {69564, 114.2, 502601, 3931, 2514, 125368, 1960},
    {69331, 115.7, 518173, 4806, 2572, 127852, 1961},
    {70551, 116.9, 554894, 4007, 2827, 130081, 1962}
  };

  private static final double[] CERTIFIED = {
    15.0618722713733,
    -0.358191792925910E-01,
    -2.02022980381683,
    -1.03322686717359,
    -0.511041056535807E-01,
    1829.15146461355
  };

  private static final double[] CERTIFIED_ERRORS = {
    84.9149257747669,
    0.334910077722432E-01,
    0.488399681651699,
    0.214274163161675,
    0.226073200069370,
    455.478499142212
  };

  @Test
  void shouldFindTheCertifiedCoefficientsOfLongley() {
    Moments moments = new Moments(7);
    for (double[] row : LONGLEY) {
      moments.add(Moments.of(row[1], row[2], row[3], row[4], row[5], row[6], row[0]));
    }

    LeastSquares found = LeastSquares.of(moments);

    Percentage tenDigits = Percentage.withPercentage(1e-8);
    assertThat(found.intercept()).isCloseTo(-3482258.63459582, tenDigits);
    assertThat(found.r2()).isCloseTo(0.995479004577296, tenDigits);
    for (int i = 0; i < CERTIFIED.length; i++) {
      assertThat(found.coefficients()[i]).as("B%d", i + 1).isCloseTo(CERTIFIED[i], tenDigits);
      assertThat(found.standardErrors()[i])
          .as("standard error of B%d", i + 1)
          .isCloseTo(CERTIFIED_ERRORS[i], tenDigits);
    }
  }

  @Test
  void shouldFindWhatTheDataWereMadeOf() {
    Random random = new Random(SEED);
    double[] made = {0.03, 0.01, 0, -0.02, 0.005, 0.04};
    Moments moments = new Moments(7);
    for (int i = 0; i < 20_000; i++) {
      double[] row = new double[7];
      row[6] = 5 + random.nextGaussian();
      for (int pillar = 0; pillar < 6; pillar++) {
        row[pillar] = 100 * random.nextDouble();
        row[6] += made[pillar] * (row[pillar] - 50);
      }
      moments.add(Moments.of(row));
    }

    LeastSquares found = LeastSquares.of(moments);

    for (int pillar = 0; pillar < 6; pillar++) {
      // Noise of 1, a uniform spread of 100/sqrt(12): 1 / (28.87 sqrt(20000)) = 0.000245.
      assertThat(found.standardErrors()[pillar]).isCloseTo(0.000245, within(0.00001));
      assertThat(found.coefficients()[pillar])
          .as("seed %d, pillar %d", SEED, pillar)
          .isCloseTo(made[pillar], within(4 * found.standardErrors()[pillar]));
    }
  }

  @Test
  void shouldBeTheSameToTheLastBitWhateverTheOrderAndWhatWasTakenBack() {
    Random random = new Random(SEED);
    List<Moments> observations = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      observations.add(Moments.of(random.nextDouble(), random.nextGaussian() * 1e-7, 3.3 * i));
    }
    Moments straight = new Moments(3);
    observations.forEach(straight::add);
    Collections.shuffle(observations, random);
    Moments shuffled = new Moments(3);
    Moments mistake = Moments.of(-12.25, 1e5 / 3, -0.1);
    shuffled.add(mistake);
    observations.forEach(shuffled::add);
    shuffled.subtract(mistake);

    assertThat(shuffled.toBytes()).as("seed %d", SEED).isEqualTo(straight.toBytes());
    assertThat(Moments.read(3, straight.toBytes()).toBytes()).isEqualTo(straight.toBytes());
    observations.forEach(shuffled::subtract);
    assertThat(shuffled.isEmpty()).isTrue();
  }

  @Test
  void shouldFindNothingWhenVariablesVaryTogetherOnlyOrNotAtAll() {
    Moments together = new Moments(3);
    Moments constant = new Moments(3);
    Random random = new Random(SEED);
    for (int i = 0; i < 500; i++) {
      double x = 100 * random.nextDouble();
      together.add(Moments.of(x, 100 - x, random.nextInt(11)));
      constant.add(Moments.of(x, 50, random.nextInt(11)));
    }

    assertThat(LeastSquares.of(together)).isNull();
    assertThat(LeastSquares.of(constant)).isNull();
  }
}
