package io.fermata.model;

import java.util.List;
import java.util.Map;

/**
 * When a customer may be contacted again, as it stands after one moment of their history. It holds
 * times, never "allowed now", so it is right until the next touchpoint.
 *
 * @param at the moment since which it has been as it is, epoch milliseconds
 * @param pressure contacts of the brand by purpose and window ({@link #WINDOWS}), counted at {@code
 *     at}; a purpose without a contact in the longest window is left out
 * @param nextAllowedAt by channel, or {@link #ANY}: the earliest time for one more marketing
 *     message; no entry where no time can be given
 * @param pauseUntil when the last of the pauses of marketing in force ends (exclusive), or null
 * @param pauseReasons ids of the rules that ordered the pauses or stand in the way for good, and
 *     {@link #RECOVERY_SILENCE}; sorted
 * @param ignoredInARow marketing messages since the customer's last response
 * @param preferredChannel where the customer responded most in the last 90 days, or null
 * @param optedOut names of the channels the customer has opted out of, sorted
 */
public record ContactGuidance(
    String customer,
    long at,
    Map<String, Map<String, Integer>> pressure,
    Map<String, Long> nextAllowedAt,
    Long pauseUntil,
    List<String> pauseReasons,
    int ignoredInARow,
    Channel preferredChannel,
    List<String> optedOut) {

  /** The key of {@code nextAllowedAt} for the earliest time over all channels. */
  public static final String ANY = "ANY";

  /** The reason of a pause that a bad experience orders which has not been made good. */
  public static final String RECOVERY_SILENCE = "recovery-silence";

  /** The windows of {@code pressure}, the shortest first. */
  public static final List<String> WINDOWS = List.of("P1D", "P7D", "P30D");
}
