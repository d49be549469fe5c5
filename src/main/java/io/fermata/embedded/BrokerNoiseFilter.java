package io.fermata.embedded;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.spi.FilterReply;

/**
 * Drops the warning that every clean shutdown of a broker writes: it closes a client of its own
 * twice. The logger as a whole is kept, since it also tells of brokers that cannot be reached.
 */
public final class BrokerNoiseFilter extends Filter<ILoggingEvent> {

  private static final String CLOSED_TWICE =
      "Attempting to close NetworkClient that has already been closed";

  @Override
  public FilterReply decide(ILoggingEvent event) {
    return event.getFormattedMessage().contains(CLOSED_TWICE)
        ? FilterReply.DENY
        : FilterReply.NEUTRAL;
  }
}
