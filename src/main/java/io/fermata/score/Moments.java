package io.fermata.score;

import java.math.BigInteger;
import java.nio.ByteBuffer;

/**
 * Sums of some variables and of their products, from which least squares are worked out. The sums
 * are exact: variables are rounded to multiples of 2^-40, products are added in 128 bits. So they
 * are the same in whatever order they are added and taken away, and nothing is lost when a variable
 * varies little around a large mean. Mutable, not safe for threads.
 *
 * <p>Good for variables up to 2^20 in size, and in the hundreds for 2^33 observations of them.
 */
final class Moments {

  private static final int FRACTION_BITS = 40;
  private static final double SCALE = 1L << FRACTION_BITS;

  private final int variables;
  private final long[] high;
  private final long[] low;
  private long n;

  /** None, of so many variables. */
  Moments(int variables) {
    this.variables = variables;
    int sums = variables + variables * (variables + 1) / 2;
    high = new long[sums];
    low = new long[sums];
  }

  /** Of a single observation. */
  static Moments of(double... observation) {
    Moments moments = new Moments(observation.length);
    moments.n = 1;
    long[] fixed = new long[observation.length];
    int sum = 0;
    for (int i = 0; i < fixed.length; i++) {
      fixed[i] = Math.round(observation[i] * SCALE);
      moments.low[sum] = fixed[i];
      moments.high[sum++] = fixed[i] >> 63;
    }
    for (int i = 0; i < fixed.length; i++) {
      for (int j = i; j < fixed.length; j++) {
        moments.low[sum] = fixed[i] * fixed[j];
        moments.high[sum++] = Math.multiplyHigh(fixed[i], fixed[j]);
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
    for (int i = 0; i < low.length; i++) {
      long sum = low[i] + other.low[i];
      high[i] += other.high[i] + (Long.compareUnsigned(sum, low[i]) < 0 ? 1 : 0);
      low[i] = sum;
    }
  }

  void subtract(Moments other) {
    n -= other.n;
    for (int i = 0; i < low.length; i++) {
      long difference = low[i] - other.low[i];
      high[i] -= other.high[i] + (Long.compareUnsigned(low[i], other.low[i]) < 0 ? 1 : 0);
      low[i] = difference;
    }
  }

  boolean isEmpty() {
    for (int i = 0; i < low.length; i++) {
      if (low[i] != 0 || high[i] != 0) {
        return false;
      }
    }
    return n == 0;
  }

  /** The mean of a variable; NaN without observations. */
  double mean(int variable) {
    return Math.scalb(sum(variable).doubleValue(), -FRACTION_BITS) / n;
  }

  /**
   * The sum over the observations of the product of two variables' distances from their means:
   * exact but for the last step.
   */
  double crossProduct(int i, int j) {
    BigInteger distances =
        BigInteger.valueOf(n)
            .multiply(sum(product(Math.min(i, j), Math.max(i, j))))
            .subtract(sum(i).multiply(sum(j)));
    return Math.scalb(distances.doubleValue(), -2 * FRACTION_BITS) / n;
  }

  private int product(int i, int j) {
    return variables + i * variables - i * (i - 1) / 2 + (j - i);
  }

  private BigInteger sum(int index) {
    return new BigInteger(
        ByteBuffer.allocate(2 * Long.BYTES).putLong(high[index]).putLong(low[index]).array());
  }

  ByteBuffer toBytes() {
    ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES * (1 + 2 * low.length));
    bytes.putLong(n);
    for (int i = 0; i < low.length; i++) {
      bytes.putLong(high[i]).putLong(low[i]);
    }
    return bytes.flip();
  }

  /** What {@link #toBytes} wrote; empty bytes are none. */
  static Moments read(int variables, ByteBuffer bytes) {
    Moments moments = new Moments(variables);
    if (bytes.hasRemaining()) {
      ByteBuffer in = bytes.duplicate();
      moments.n = in.getLong();
      for (int i = 0; i < moments.low.length; i++) {
        moments.high[i] = in.getLong();
        moments.low[i] = in.getLong();
      }
    }
    return moments;
  }
}
