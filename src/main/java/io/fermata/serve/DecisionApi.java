package io.fermata.serve;

import com.sun.net.httpserver.HttpExchange;
import io.fermata.codec.json.ViewJson;
import io.fermata.model.ReservationAnswer;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code POST /api/v1/contact-decisions}. */
final class DecisionApi {

  private static final Logger LOG = LoggerFactory.getLogger(DecisionApi.class);

  /** As long as clocks may differ: a permission for yesterday helps nobody. */
  private static final Duration PAST = Duration.ofMinutes(5);

  private static final Duration FUTURE = Duration.ofDays(7);

  private final CustomerSource customers;
  private final ReservationSource reservations;
  private final OtherInstances others;
  private final Clock clock;

  DecisionApi(
      CustomerSource customers,
      ReservationSource reservations,
      OtherInstances others,
      Clock clock) {
    this.customers = customers;
    this.reservations = reservations;
    this.others = others;
    this.clock = clock;
  }

  /**
   * @param executor answers those who had to wait
   * @return whether it has answered
   */
  boolean decide(HttpExchange exchange, Executor executor) throws IOException {
    byte[] body = exchange.getRequestBody().readNBytes(DecisionRequest.LARGEST + 1);
    if (body.length > DecisionRequest.LARGEST) {
      Answers.problem(exchange, 413, "expected at most " + DecisionRequest.LARGEST + " bytes");
      return true;
    }
    DecisionRequest request;
    try {
      request =
          DecisionRequest.read(body, exchange.getRequestHeaders().getFirst("Idempotency-Key"));
      Names.check(request.customer());
    } catch (IllegalArgumentException e) {
      Answers.problem(exchange, 400, e.getMessage());
      return true;
    }
    long now = clock.millis();
    long at = request.at() == null ? now : request.at();
    if (!request.reserve()) {
      ask(exchange, request, at, now);
      return true;
    }
    if (at < now - PAST.toMillis() || at > now + FUTURE.toMillis()) {
      Answers.problem(
          exchange,
          400,
          "at: a message can be reserved for now or up to %s ahead".formatted(FUTURE));
      return true;
    }
    reserve(exchange, request, at, executor);
    return false;
  }

  private void ask(HttpExchange exchange, DecisionRequest request, long at, long now)
      throws IOException {
    CustomerSource.Answer answer = customers.decide(request.customer(), request.channel(), at, now);
    if (answer instanceof CustomerSource.Decided decided) {
      Answers.ok(exchange, ViewJson.write(decided.decision()));
    } else if (answer instanceof CustomerSource.Elsewhere elsewhere) {
      others.handOn(
          exchange,
          elsewhere.authority(),
          exchange.getRequestURI().getRawPath(),
          request.askedOf(elsewhere.customer(), at));
    } else if (answer instanceof CustomerSource.NotReady notReady) {
      Answers.tryAgain(exchange, notReady.reason());
    } else {
      throw new IllegalStateException("no answer to that question: " + answer);
    }
  }

  private void reserve(HttpExchange exchange, DecisionRequest request, long at, Executor executor) {
    String requestId =
        request.requestId() == null ? UUID.randomUUID().toString() : request.requestId();
    reservations
        .reserve(requestId, request.customer(), request.channel(), at)
        .whenCompleteAsync(
            (answer, failure) -> {
              try (exchange) {
                if (failure == null) {
                  tell(exchange, request, answer);
                } else {
                  tryAgain(exchange, requestId, failure);
                }
              } catch (IOException e) {
                LOG.info("Who asked for a permission has gone ({})", e.getMessage());
              }
            },
            executor);
  }

  private static void tell(HttpExchange exchange, DecisionRequest request, ReservationAnswer answer)
      throws IOException {
    if (answer.decision().channel() != request.channel()) {
      Answers.problem(
          exchange,
          422,
          "requestId: there is a permission of that id for %s"
              .formatted(answer.decision().channel()));
      return;
    }
    Answers.ok(exchange, ViewJson.write(answer));
  }

  private static void tryAgain(HttpExchange exchange, String requestId, Throwable failure)
      throws IOException {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    if (!(cause instanceof ReservationSource.NotToldException)) {
      LOG.error("A request for a permission failed", cause);
    }
    Answers.tryAgain(
        exchange,
        cause.getMessage() + "; asked again with the same requestId it is given at most once",
        Map.of("requestId", requestId));
  }
}
