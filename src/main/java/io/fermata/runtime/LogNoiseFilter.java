package io.fermata.runtime;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.spi.FilterReply;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Drops warnings that Kafka writes in every good run, and all but one in a while of those that its
 * clients repeat ten times a second as long as a broker cannot be reached. Their loggers are kept,
 * since they also tell of settings that are overruled and of brokers that are gone.
 */
public final class LogNoiseFilter extends Filter<ILoggingEvent> {

  private static final List<String> NOISE =
      List.of(
          // A broker closes a client of its own twice when it shuts down.
          "Attempting to close NetworkClient that has already been closed",
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
            || event.getLoggerName().equals(REPEATED) && isTooSoon(event.getTimeStamp());
    return denied ? FilterReply.DENY : FilterReply.NEUTRAL;
  }

  private boolean isTooSoon(long now) {
    long next = nextRepeated.get();
    return now < next || !nextRepeated.compareAndSet(next, now + REPEATED_EVERY_MILLIS);
  }
}
