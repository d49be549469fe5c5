package io.fermata.bench;

import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;

/**
 * What is measured.
 *
 * @param touchpoints per variant and round
 * @param rounds measured rounds, after one that only warms up
 * @param answers share of touchpoints that are answers to surveys
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
    double duplicates,
    double answers) {

  public BenchSettings {
    if (answers < 0 || answers > 1) {
      throw new IllegalArgumentException("expected a share of answers from 0 to 1");
    }
    if (touchpoints < 1000 || customers < 1 || rounds < 1 || partitions < 1 || threads < 1) {
      throw new IllegalArgumentException(
          "expected at least 1000 touchpoints, and a customer, round, partition and thread");
    }
  }

  /** What {@link #parse} reads. */
  List<String> arguments() {
    return Stream.of(
            seed, touchpoints, customers, rounds, partitions, threads, late, duplicates, answers)
        .map(String::valueOf)
        .toList();
  }

  static BenchSettings parse(List<String> arguments) {
    Iterator<String> next = arguments.iterator();
    return new BenchSettings(
        Long.parseLong(next.next()),
        Integer.parseInt(next.next()),
        Integer.parseInt(next.next()),
        Integer.parseInt(next.next()),
        Integer.parseInt(next.next()),
        Integer.parseInt(next.next()),
        Double.parseDouble(next.next()),
        Double.parseDouble(next.next()),
        Double.parseDouble(next.next()));
  }

  /** The same with other touchpoints and customers. */
  BenchSettings with(int otherTouchpoints, int otherCustomers) {
    return new BenchSettings(
        seed,
        otherTouchpoints,
        otherCustomers,
        rounds,
        partitions,
        threads,
        late,
        duplicates,
        answers);
  }
}
