package io.fermata.generate;

import java.util.SplittableRandom;

/**
 * Random draws that come out the same on every machine and Java version: all of them are derived
 * from {@link SplittableRandom#nextLong()} with exactly specified arithmetic.
 */
final class Dice {

  private static final double UNIT = 0x1.0p-53;
  private static final double SQRT_3 = 1.7320508075688772;

  private final SplittableRandom random;

  /**
   * The draws of stream {@code stream} under {@code seed}; streams are independent of each other.
   */
  Dice(long seed, long stream) {
    random = new SplittableRandom(hash(seed, stream));
  }

  /** A well mixed 64-bit value of two numbers. */
  static long hash(long a, long b) {
    return mix(mix(a + 0x9E3779B97F4A7C15L) ^ (b * 0xD1B54A32D192ED03L));
  }

  private static long mix(long value) {
    long z = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  /** A hashed value as a number in [0, 1). */
  static double unit(long hash) {
    return (hash >>> 11) * UNIT;
  }

  double unit() {
    return unit(random.nextLong());
  }

  boolean chance(double probability) {
    return unit() < probability;
  }

  /** A whole number from {@code low} to {@code high}, both possible. */
  int between(int low, int high) {
    return low + (int) (unit() * (high - low + 1));
  }

  /** A duration from {@code low} up to {@code high} milliseconds. */
  long between(long low, long high) {
    return low + (long) (unit() * (high - low));
  }

  double between(double low, double high) {
    return low + unit() * (high - low);
  }

  double exponential(double mean) {
    return -mean * StrictMath.log(1 - unit());
  }

  /** Exponential milliseconds. */
  long after(double mean) {
    return (long) exponential(mean);
  }

  /** Bell-shaped, within 3.5 standard deviations: the sum of four uniform draws. */
  double normal(double mean, double deviation) {
    return mean + deviation * SQRT_3 * (unit() + unit() + unit() + unit() - 2);
  }

  <T> T pick(T[] choices) {
    return choices[(int) (unit() * choices.length)];
  }

  /** An index, each as likely as its weight; the weights need not add up to 1. */
  int weighted(double[] weights) {
    double sum = 0;
    for (double weight : weights) {
      sum += weight;
    }
    double left = unit() * sum;
    for (int i = 0; i < weights.length - 1; i++) {
      left -= weights[i];
      if (left < 0) {
        return i;
      }
    }
    return weights.length - 1;
  }
}
