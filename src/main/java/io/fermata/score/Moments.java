package io.fermata.score;

import java.math.BigInteger;
import java.nio.ByteBuffer;

/**
 * Sums of some variables and of their products, from which least squares are worked out. The sums
 * are {@linkplain ExactSums exact}, so nothing is lost when a variable varies little around a large
 * mean. Mutable, not safe for threads.
 *
 * <p>Good for variables up to 2^20 in size, and in the hundreds for 2^33 observations of them.
 */
final class Moments {

  private final int variables;
  private final ExactSums sums;
  private long n;

  /** None, of so many variables. */
  Moments(int variables) {
    this(variables, 0, new ExactSums(sums(variables)));
  }

  private Moments(int variables, long n, ExactSums sums) {
    this.variables = variables;
    this.n = n;
    this.sums = sums;
  }

  private static int sums(int variables) {
    return variables + variables * (variables + 1) / 2;
  }

  /** Of a single observation. */
  static Moments of(double... observation) {
    Moments moments = new Moments(observation.length);
    moments.n = 1;
    long[] fixed = new long[observation.length];
    int sum = 0;
    for (int i = 0; i < fixed.length; i++) {
      fixed[i] = ExactSums.fixed(observation[i]);
      moments.sums.set(sum++, fixed[i]);
    }
    for (int i = 0; i < fixed.length; i++) {
      for (int j = i; j < fixed.length; j++) {
        moments.sums.setProduct(sum++, fixed[i], fixed[j]);
      }
    }
    return moments;
  }

  /** How many observations there are. */
  long n() {
    return n;
  }

  int variables() {
    return variables;
  }

  void add(Moments other) {
    n += other.n;
    sums.add(other.sums);
  }

  void subtract(Moments other) {
    n -= other.n;
    sums.subtract(other.sums);
  }

  boolean isEmpty() {
    return n == 0 && sums.isZero();
  }

  /** The mean of a variable; NaN without observations. */
  double mean(int variable) {
    return sums.mean(variable, n);
  }

  /**
   * The sum over the observations of the product of two variables' distances from their means:
   * exact but for the last step.
   */
  double crossProduct(int i, int j) {
    BigInteger distances =
        BigInteger.valueOf(n)
            .multiply(sums.get(product(Math.min(i, j), Math.max(i, j))))
            .subtract(sums.get(i).multiply(sums.get(j)));
    return Math.scalb(distances.doubleValue(), -2 * ExactSums.FRACTION_BITS) / n;
  }

  private int product(int i, int j) {
    return variables + i * variables - i * (i - 1) / 2 + (j - i);
  }

  ByteBuffer toBytes() {
    ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES + sums.bytes());
    bytes.putLong(n);
    sums.write(bytes);
    return bytes.flip();
  }

  /** What {@link #toBytes} wrote; empty bytes are none. */
  static Moments read(int variables, ByteBuffer bytes) {
    if (!bytes.hasRemaining()) {
      return new Moments(variables);
    }
    ByteBuffer in = bytes.duplicate();
    return new Moments(variables, in.getLong(), ExactSums.read(sums(variables), in));
  }
}
