package io.fermata.generate;

import io.fermata.model.CustomerTier;

/**
 * Who a customer is; drawn once.
 *
 * @param segment for instance {@code private-30-44}
 * @param zone clock of the place where the customer lives
 * @param evenings whether most active in the evening, not by day
 * @param pace factor on how often things happen
 * @param interest share of marketing messages opened when in good humour
 * @param tolerance unopened messages put up with
 * @param patienceSeconds mean time on hold before hanging up
 * @param leniency points of NPS given more or less than others would
 * @param visitor whether seen under weaker identifiers first
 */
record Persona(
    AgeGroup age,
    CustomerTier tier,
    String segment,
    ZoneClock zone,
    boolean evenings,
    double pace,
    double interest,
    double tolerance,
    double patienceSeconds,
    double leniency,
    boolean usesApp,
    boolean visitor) {

  static Persona draw(Dice dice, ZoneClock[] zones, boolean visitor) {
    AgeGroup age = AgeGroup.draw(dice);
    double rank = dice.unit();
    CustomerTier tier =
        rank < Rates.TIER_HIGH
            ? CustomerTier.HIGH
            : rank < Rates.TIER_HIGH + Rates.TIER_LOW ? CustomerTier.LOW : CustomerTier.STANDARD;
    String kind = tier == CustomerTier.HIGH && dice.chance(0.4) ? "business-" : "private-";
    return new Persona(
        age,
        tier,
        (kind + age.label).intern(),
        zones[dice.weighted(Rates.ZONE_SHARES)],
        dice.chance(Rates.EVENING_PEOPLE),
        Math.max(0.2, dice.normal(1, Rates.NEEDS_SPREAD)),
        dice.between(Rates.INTEREST_LOW, Rates.INTEREST_HIGH),
        Math.max(1, dice.normal(Rates.TOLERANCE_MEAN, Rates.TOLERANCE_DEVIATION)),
        Rates.PATIENCE_MEAN_SECONDS * dice.between(0.5, 1.5),
        dice.normal(0, Rates.LENIENCY_DEVIATION),
        dice.chance(Rates.APP),
        visitor);
  }

  /** Activity at a local hour and weekday, relative to the busiest. */
  double activity(int hour, int weekday) {
    return (evenings ? Rates.EVENINGS : Rates.DAYTIME)[hour] * Rates.WEEKDAYS[weekday];
  }
}
