package io.fermata.demo;

import java.time.Duration;

/**
 * What a demonstration is made of.
 *
 * @param seed of the simulated customers
 * @param customers how many there are, at least 1
 * @param speed seconds of event time in a second, at least 1
 * @param rate most touchpoints in a second, or 0 for no limit
 * @param duration how long it feeds, or null until it is told to stop
 * @param httpPort where metrics are served; 0 takes a free one, null prefers the usual one
 * @param bootstrapPort where the broker listens; 0 takes a free one
 */
public record DemoSettings(
    long seed,
    int customers,
    double speed,
    int rate,
    Duration duration,
    Integer httpPort,
    int bootstrapPort) {

  /** A day in four seconds. */
  public static final double DEFAULT_SPEED = 21_600;

  public static final int DEFAULT_CUSTOMERS = 2_000;

  public DemoSettings {
    if (customers < 1) {
      throw new IllegalArgumentException("customers is " + customers + ", expected at least 1");
    }
    if (!(speed >= 1) || Double.isInfinite(speed)) {
      throw new IllegalArgumentException("speed is " + speed + ", expected at least 1");
    }
    if (rate < 0) {
      throw new IllegalArgumentException("rate is " + rate + ", expected at least 0");
    }
    if (duration != null && (duration.isNegative() || duration.isZero())) {
      throw new IllegalArgumentException("for is " + duration + ", expected more than PT0S");
    }
    port("http-port", httpPort == null ? 0 : httpPort);
    port("bootstrap-port", bootstrapPort);
  }

  private static void port(String name, int port) {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException(name + " is " + port + ", expected 0 .. 65535");
    }
  }
}
