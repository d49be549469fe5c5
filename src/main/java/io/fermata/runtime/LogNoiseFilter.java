package io.fermata.runtime;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.spi.FilterReply;
import java.util.List;

/**
 * Drops warnings that Kafka writes in every good run. Their loggers are kept, since they also tell
 * of brokers that cannot be reached and of settings that are overruled.
 */
public final class LogNoiseFilter extends Filter<ILoggingEvent> {

  private static final List<String> NOISE =
      List.of(
          // Clients that start together all ask for the internal topics; all but one come second.
          "with error 'TOPIC_ALREADY_EXISTS'",
          // A broker closes a client of its own twice when it shuts down.
          "Attempting to close NetworkClient that has already been closed",
          // A topology makes a configuration of its own with defaults; ours has it enabled.
          "Processing exception handler is not enabled for the GlobalThread");

  @Override
  public FilterReply decide(ILoggingEvent event) {
    String message = event.getFormattedMessage();
    return NOISE.stream().anyMatch(message::contains) ? FilterReply.DENY : FilterReply.NEUTRAL;
  }
}
