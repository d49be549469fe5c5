package io.fermata.bench;

/** Spreads something that happens {@code rate} times per touchpoint evenly over touchpoints. */
final class Rhythm {

  private final double rate;
  private double owed;

  Rhythm(double rate) {
    this.rate = rate;
  }

  /** How often it happens for this touchpoint. */
  int next() {
    owed += rate;
    int now = (int) owed;
    owed -= now;
    return now;
  }
}
