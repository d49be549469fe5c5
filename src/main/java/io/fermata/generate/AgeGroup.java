package io.fermata.generate;

import java.util.List;

/**
 * An age group with its channel habits.
 *
 * <p>Habits are weights in the order of {@link Approach#ALL}.
 */
final class AgeGroup {

  static final List<AgeGroup> ALL =
      List.of(
          //           share  label    SELF BOT CALL CHAT MAIL MSGR SOCL BRAN VIDE POST
          new AgeGroup(0.22, "18-29", .30, .24, .10, .14, .04, .11, .05, .01, .01, .00),
          new AgeGroup(0.31, "30-44", .28, .16, .20, .14, .11, .05, .02, .02, .02, .00),
          new AgeGroup(0.26, "45-59", .20, .10, .36, .09, .14, .02, .01, .06, .01, .01),
          new AgeGroup(0.21, "60+", .08, .05, .52, .03, .10, .01, .00, .17, .00, .04));

  private static final double[] SHARES = ALL.stream().mapToDouble(group -> group.share).toArray();

  final String label;
  private final double share;
  private final double[] habits;

  private AgeGroup(double share, String label, double... habits) {
    this.share = share;
    this.label = label;
    this.habits = habits;
  }

  static AgeGroup draw(Dice dice) {
    return ALL.get(dice.weighted(SHARES));
  }

  /** How one of this age goes about a need. */
  Approach approach(Dice dice) {
    return Approach.ALL.get(dice.weighted(habits));
  }
}
