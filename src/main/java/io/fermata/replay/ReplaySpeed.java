package io.fermata.replay;

import java.lang.management.ManagementFactory;

/**
 * How fast a replay was; the only part of its output that differs from run to run.
 *
 * @param seconds by the wall clock
 * @param cpuSeconds of the whole process
 */
public record ReplaySpeed(double seconds, double cpuSeconds, double touchpointsPerSecond) {

  /** Begins to measure. */
  public static Stopwatch start() {
    return new Stopwatch(System.nanoTime(), cpuNanos());
  }

  /** A measurement under way. */
  public record Stopwatch(long nanos, long cpuNanosBefore) {

    /** What passed since the start, for that many touchpoints. */
    public ReplaySpeed stop(long touchpoints) {
      double seconds = (System.nanoTime() - nanos) / 1e9;
      return new ReplaySpeed(seconds, (cpuNanos() - cpuNanosBefore) / 1e9, touchpoints / seconds);
    }
  }

  private static long cpuNanos() {
    return ManagementFactory.getOperatingSystemMXBean()
            instanceof com.sun.management.OperatingSystemMXBean system
        ? system.getProcessCpuTime()
        : 0;
  }
}
