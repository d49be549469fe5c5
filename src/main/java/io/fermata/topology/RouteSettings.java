package io.fermata.topology;

import io.fermata.identity.IdentitySettings;
import io.fermata.identity.Pseudonyms;
import java.util.List;

/**
 * What the Route room needs to know.
 *
 * @param identity which identifiers name a customer, and which links count
 * @param maxRecordBytes largest touchpoint that is let in
 * @param pseudonyms what stands for identifiers behind the Route room
 */
public record RouteSettings(IdentitySettings identity, int maxRecordBytes, Pseudonyms pseudonyms) {

  /** With identifiers as they come. */
  public RouteSettings(IdentitySettings identity, int maxRecordBytes) {
    this(identity, maxRecordBytes, Pseudonyms.OFF);
  }

  /** With the default placeholders and limit of links. */
  public RouteSettings(List<String> identityOrder, int maxRecordBytes) {
    this(IdentitySettings.of(identityOrder), maxRecordBytes);
  }

  /**
   * What key, value and headers of a record may have together to be let in: half of what the inbox
   * takes, so that a touchpoint that is let in can always be sent on. Also the largest {@code
   * maxRecordBytes} that makes sense.
   */
  public static final int MAX_CARRIED_BYTES = 1024 * 1024;
}
