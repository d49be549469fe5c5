package io.fermata.journey;

/**
 * What made a rule raise: the journey that a resulting experience counts for, and its topic.
 *
 * @param subject the journey's subject; null for none
 * @param topic of the touchpoint that raised, or of the one that was waited on; may be null
 * @param entered the journey that the touchpoint at hand is in, published once it has left; null
 *     when the cause is a deadline
 */
record Cause(String subject, String topic, JourneyCell entered) {

  static final Cause NONE = new Cause(null, null, null);

  static Cause deadline(String subject, String topic) {
    return new Cause(subject, topic, null);
  }
}
