package io.fermata.serve;

import io.fermata.model.Channel;
import io.fermata.model.ReservationAnswer;
import java.util.concurrent.CompletableFuture;

/** Gives out permissions that are held. */
@FunctionalInterface
public interface ReservationSource {

  /** It was not told in time, or cannot be: the same request may be made again. */
  final class NotToldException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public NotToldException(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /**
   * Asks for a permission.
   *
   * @param requestId asked again with the same one, the same permission is told again
   * @param customer {@code kind:value}: any name, which is followed to the one it belongs to
   * @param at when the message is to be sent, epoch milliseconds
   * @return completes with what was decided, or with a {@link NotToldException}
   */
  CompletableFuture<ReservationAnswer> reserve(
      String requestId, String customer, Channel channel, long at);
}
