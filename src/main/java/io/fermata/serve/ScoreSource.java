package io.fermata.serve;

import io.fermata.model.DriverReport;
import io.fermata.model.ScoreReport;
import io.fermata.score.ScoreKey;
import io.fermata.score.Window;
import java.time.LocalDate;
import java.util.List;

/** Where scores are had from, as they stand now: those that are here, and who has the others. */
public interface ScoreSource {

  /** They cannot be told now, and may be soon. */
  final class NotReadyException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public NotReadyException(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /** The latest report of every kind, dimension and value that is here. */
  List<ScoreReport> latest(Window window);

  /**
   * The report as of a day.
   *
   * @return empty when there is none, or it is not here
   */
  List<ScoreReport> asOf(ScoreKey key, Window window, LocalDate day);

  /** What drives the score, of every dimension and value that is here. */
  List<DriverReport> drivers(Window window);

  /**
   * Other instances that have some, {@code host:port}.
   *
   * @throws NotReadyException when one has no address
   */
  List<String> others();
}
