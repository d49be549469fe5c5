package io.fermata.topology;

import java.util.List;

/**
 * What the Route room needs to know.
 *
 * @param identityOrder kinds of identifier, the strongest first
 * @param maxRecordBytes largest touchpoint that is let in
 */
public record RouteSettings(List<String> identityOrder, int maxRecordBytes) {

  /**
   * What key, value and headers of a record may have together to be let in: half of what the inbox
   * takes, so that a touchpoint that is let in can always be sent on. Also the largest {@code
   * maxRecordBytes} that makes sense.
   */
  public static final int MAX_CARRIED_BYTES = 1024 * 1024;
}
