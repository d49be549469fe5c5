package io.fermata.generate;

/** Milliseconds in a unit of time. */
final class Units {

  static final long SECOND = 1_000L;
  static final long MINUTE = 60 * SECOND;
  static final long HOUR = 60 * MINUTE;
  static final long DAY = 24 * HOUR;

  private Units() {}
}
