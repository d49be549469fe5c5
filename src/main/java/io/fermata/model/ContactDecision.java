package io.fermata.model;

import java.util.List;

/**
 * Whether one more marketing message may go to a customer.
 *
 * @param until when it may, epoch milliseconds; null unless the verdict is {@code DEFER}
 * @param reasons what is in the way at the time asked about; empty when nothing is
 */
public record ContactDecision(
    String customer, Channel channel, long at, Verdict verdict, Long until, List<Reason> reasons) {

  /** What may be done. */
  public enum Verdict {
    /** Send it. */
    ALLOW,
    /** Not before a time. */
    DEFER,
    /** No time can be given: only something else that happens can change it. */
    DENY
  }

  /**
   * One thing in the way.
   *
   * @param rule the rule's id, {@link ContactGuidance#RECOVERY_SILENCE}, {@link #OPTED_OUT}, {@link
   *     #RESERVED}, {@link #TOO_MANY_RESERVED} or {@link #FAILED}
   * @param version of the rule, or null where it is none
   * @param counted ids of the touchpoints that the rule would hold against the message, in order;
   *     empty for a pause, and for a rule that is silent for now ({@code quietFor})
   */
  public record Reason(String rule, String version, List<String> counted) {}

  /** The reason that a message for later was permitted, which this one would take away. */
  public static final String RESERVED = "reserved";

  /** The reason that as many permissions are held as may be. */
  public static final String TOO_MANY_RESERVED = "too-many-reserved";

  /** The reason that the decision could not be worked out: a defect, which is in the log. */
  public static final String FAILED = "failed";

  /** The reason that the customer wants nothing in this channel. */
  public static final String OPTED_OUT = "opted-out";
}
