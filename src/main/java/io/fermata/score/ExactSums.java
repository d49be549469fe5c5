package io.fermata.score;

import java.math.BigInteger;
import java.nio.ByteBuffer;

/**
 * Sums of numbers in 128 bits. Numbers are rounded to multiples of 2^-40, so that sums are exact:
 * the same in whatever order numbers are added and taken away. Mutable, not safe for threads.
 */
final class ExactSums {

  static final int FRACTION_BITS = 40;
  private static final double SCALE = 1L << FRACTION_BITS;

  private final long[] high;
  private final long[] low;

  /** So many sums of nothing. */
  ExactSums(int size) {
    high = new long[size];
    low = new long[size];
  }

  /** A number in units of 2^-40. */
  static long fixed(double number) {
    return Math.round(number * SCALE);
  }

  int size() {
    return low.length;
  }

  /** Makes a sum what a single number is. */
  void set(int index, long fixed) {
    low[index] = fixed;
    high[index] = fixed >> 63;
  }

  /** Makes a sum what a single product is, in units of 2^-80. */
  void setProduct(int index, long fixed, long other) {
    low[index] = fixed * other;
    high[index] = Math.multiplyHigh(fixed, other);
  }

  void add(ExactSums other) {
    for (int i = 0; i < low.length; i++) {
      long sum = low[i] + other.low[i];
      high[i] += other.high[i] + (Long.compareUnsigned(sum, low[i]) < 0 ? 1 : 0);
      low[i] = sum;
    }
  }

  void subtract(ExactSums other) {
    for (int i = 0; i < low.length; i++) {
      long difference = low[i] - other.low[i];
      high[i] -= other.high[i] + (Long.compareUnsigned(low[i], other.low[i]) < 0 ? 1 : 0);
      low[i] = difference;
    }
  }

  boolean isZero() {
    for (int i = 0; i < low.length; i++) {
      if (low[i] != 0 || high[i] != 0) {
        return false;
      }
    }
    return true;
  }

  /** A sum in its units. */
  BigInteger get(int index) {
    return new BigInteger(
        ByteBuffer.allocate(2 * Long.BYTES).putLong(high[index]).putLong(low[index]).array());
  }

  /** The mean of the n numbers in a sum; NaN of none. */
  double mean(int index, long n) {
    return Math.scalb(get(index).doubleValue(), -FRACTION_BITS) / n;
  }

  /** What {@link #write} needs. */
  int bytes() {
    return 2 * Long.BYTES * low.length;
  }

  void write(ByteBuffer out) {
    for (int i = 0; i < low.length; i++) {
      out.putLong(high[i]).putLong(low[i]);
    }
  }

  static ExactSums read(int size, ByteBuffer in) {
    ExactSums sums = new ExactSums(size);
    for (int i = 0; i < size; i++) {
      sums.high[i] = in.getLong();
      sums.low[i] = in.getLong();
    }
    return sums;
  }
}
