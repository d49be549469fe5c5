package io.fermata.model;

import java.util.List;

/**
 * One customer's touchpoints about one subject, from the first until it is completed, abandoned or
 * silent.
 *
 * @param id 32 hex digits, derived; see {@link Ids#journey}
 * @param subject case id, else topic, else {@code general}
 * @param openedAt time of the first touchpoint, epoch milliseconds
 * @param lastAt time of the last touchpoint
 * @param closedAt when it ended, or null while open
 * @param channels in order of first use
 * @param waitSeconds sum over its touchpoints, as is {@code handleSeconds}
 * @param channelSwitches how often two neighbouring touchpoints differ in channel
 * @param bad number of bad experiences it caused, as {@code good} of good ones
 * @param effort 1 .. 7: how hard the customer had to work
 */
public record Journey(
    String id,
    String customer,
    String subject,
    JourneyStatus status,
    long openedAt,
    long lastAt,
    Long closedAt,
    List<Channel> channels,
    int touchpoints,
    int inbound,
    int outbound,
    long waitSeconds,
    long handleSeconds,
    int channelSwitches,
    int transfers,
    int bad,
    int good,
    double effort,
    double cost,
    Outcome lastOutcome) {}
