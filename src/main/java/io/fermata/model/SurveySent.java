package io.fermata.model;

/**
 * A survey that was sent; what response rates are shares of.
 *
 * @param id {@link Ids#surveySent}
 * @param at when it was sent, epoch milliseconds
 * @param kind what it asks for, or null where that is not known: it counts for every kind
 */
public record SurveySent(
    String id,
    String customer,
    long at,
    ScoreKind kind,
    Channel channel,
    Area area,
    String segment,
    String topic,
    String campaign) {}
