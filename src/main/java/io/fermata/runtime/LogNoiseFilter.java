package io.fermata.runtime;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.spi.FilterReply;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.errors.OutOfOrderSequenceException;

/**
 * Drops warnings that Kafka writes in every good run, and all but one in a while of those that its
 * clients repeat ten times a second as long as a broker cannot be reached. Their loggers are kept,
 * since they also tell of settings that are overruled and of brokers that are gone.
 */
public final class LogNoiseFilter extends Filter<ILoggingEvent> {

  private static final List<String> NOISE =
      List.of(
          // Clients that start together all ask for the internal topics; all but one come second.
          "with error 'TOPIC_ALREADY_EXISTS'",
          // A broker closes a client of its own twice when it shuts down.
          "Attempting to close NetworkClient that has already been closed",
          // The embedded controller, when the machine is busy; the broker's next heartbeat is as
          // good.
          "controller event queue overloaded. Timed out heartbeat",
          // A topology makes a configuration of its own with defaults; ours has it enabled.
          "Processing exception handler is not enabled for the GlobalThread");

  private static final String REPEATED = "org.apache.kafka.clients.NetworkClient";
  private static final long REPEATED_EVERY_MILLIS = 10_000;

  private final AtomicLong nextRepeated = new AtomicLong();

  @Override
  public FilterReply decide(ILoggingEvent event) {
    String message = event.getFormattedMessage();
    boolean denied =
        NOISE.stream().anyMatch(message::contains)
            || isOutOfSequence(event)
            || (event.getLoggerName().equals(REPEATED) && isTooSoon(event.getTimeStamp()));
    return denied ? FilterReply.DENY : FilterReply.NEUTRAL;
  }

  /**
   * What the embedded broker says of batches that overtake the first one of a transaction, which it
   * is still asking its coordinator about; the producer sends them again in order.
   */
  private static boolean isOutOfSequence(ILoggingEvent event) {
    return event.getLoggerName().equals("kafka.server.ReplicaManager")
        && event.getThrowableProxy() != null
        && event
            .getThrowableProxy()
            .getClassName()
            .equals(OutOfOrderSequenceException.class.getName());
  }

  private boolean isTooSoon(long now) {
    long next = nextRepeated.get();
    return now < next || !nextRepeated.compareAndSet(next, now + REPEATED_EVERY_MILLIS);
  }
}
