package io.fermata.journey;

/**
 * What made a rule raise: the journey that a resulting experience counts for.
 *
 * @param subject the journey's subject; null for none
 * @param entered the journey that the touchpoint at hand is in, published once it has left; null
 *     when the cause is a deadline
 */
record Cause(String subject, JourneyCell entered) {

  static final Cause NONE = new Cause(null, null);

  static Cause deadline(String subject) {
    return new Cause(subject, null);
  }
}
