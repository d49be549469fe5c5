package io.fermata.bench;

/**
 * One run of one variant.
 *
 * @param touchpoints counted between the two readings of the clocks
 */
record Measurement(long touchpoints, long wallNanos, long cpuNanos) {

  /** What {@link #parse} reads. */
  String text() {
    return touchpoints + " " + wallNanos + " " + cpuNanos;
  }

  static Measurement parse(String text) {
    String[] parts = text.split(" ");
    return new Measurement(
        Long.parseLong(parts[0]), Long.parseLong(parts[1]), Long.parseLong(parts[2]));
  }

  double perWallSecond() {
    return touchpoints * 1e9 / wallNanos;
  }

  double perCpuSecond() {
    return touchpoints * 1e9 / cpuNanos;
  }

  /** CPU microseconds per touchpoint. */
  double cpuMicros() {
    return cpuNanos / 1e3 / touchpoints;
  }
}
