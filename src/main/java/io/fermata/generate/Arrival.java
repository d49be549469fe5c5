package io.fermata.generate;

import io.fermata.model.Touchpoint;

/**
 * A touchpoint and when it reaches the pipeline.
 *
 * @param arrivesAt epoch milliseconds; {@code occurredAt} unless it is late or a duplicate
 */
public record Arrival(long arrivesAt, Touchpoint touchpoint) {}
