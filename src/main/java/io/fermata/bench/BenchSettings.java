package io.fermata.bench;

/**
 * What is measured.
 *
 * @param touchpoints per variant and round
 * @param rounds measured rounds, after one that only warms up
 * @param late share of touchpoints that arrive late, as {@code duplicates} of those arriving twice
 */
public record BenchSettings(
    long seed,
    int touchpoints,
    int customers,
    int rounds,
    int partitions,
    int threads,
    double late,
    double duplicates) {

  public BenchSettings {
    if (touchpoints < 1000 || customers < 1 || rounds < 1 || partitions < 1 || threads < 1) {
      throw new IllegalArgumentException(
          "expected at least 1000 touchpoints, and a customer, round, partition and thread");
    }
  }

  /** The same with other touchpoints and customers. */
  BenchSettings with(int otherTouchpoints, int otherCustomers) {
    return new BenchSettings(
        seed, otherTouchpoints, otherCustomers, rounds, partitions, threads, late, duplicates);
  }
}
