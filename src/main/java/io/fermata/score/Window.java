package io.fermata.score;

import java.util.NavigableMap;

/** The windows of reports, in whole days of the business time zone. */
public enum Window {
  P1D(1),
  P7D(7),
  P30D(30),
  P90D(90);

  /** Days of the longest. */
  public static final int LONGEST = P90D.days;

  private final int days;

  Window(int days) {
    this.days = days;
  }

  public int days() {
    return days;
  }

  /** Those days of some that are in the window whose last day is {@code day}. */
  <T> NavigableMap<Integer, T> of(int day, NavigableMap<Integer, T> all) {
    return all.subMap(day - days + 1, true, day, true);
  }
}
