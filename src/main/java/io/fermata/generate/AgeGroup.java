package io.fermata.generate;

/**
 * An age group with its channel habits.
 *
 * <p>Habits are weights in the order of {@link Approach}.
 */
enum AgeGroup {
  //               weight                SELF  BOT CALL CHAT MAIL MSGR SOCL BRAN VIDE POST
  AGE_18_29(0.22, "18-29", new double[] {.30, .24, .10, .14, .04, .11, .05, .01, .01, .00}),
  AGE_30_44(0.31, "30-44", new double[] {.28, .16, .20, .14, .11, .05, .02, .02, .02, .00}),
  AGE_45_59(0.26, "45-59", new double[] {.20, .10, .36, .09, .14, .02, .01, .06, .01, .01}),
  AGE_60(0.21, "60+", new double[] {.08, .05, .52, .03, .10, .01, .00, .17, .00, .04});

  final double share;
  final String label;
  final double[] habits;

  AgeGroup(double share, String label, double[] habits) {
    this.share = share;
    this.label = label;
    this.habits = habits;
  }
}
