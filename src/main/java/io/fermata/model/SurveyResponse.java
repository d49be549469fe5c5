package io.fermata.model;

import java.util.Map;

/**
 * The answer to a survey that counts: the latest that the customer gave.
 *
 * @param id {@link Ids#response}: the same for every revision of the answer
 * @param at when it was given, epoch milliseconds
 * @param value the answer, on the scale from {@code min} to {@code max}
 * @param about id of the touchpoint the survey asked about, or null
 * @param channel where what it is about took place: of the touchpoint asked about where that is
 *     known, else of the answer; likewise {@code area}, {@code topic} and {@code campaign}
 * @param segment as the answer says
 * @param pillars by name of each of the six pillars the customer's score before the answer, 0 to
 *     100
 */
public record SurveyResponse(
    String id,
    String customer,
    long at,
    ScoreKind kind,
    double value,
    double min,
    double max,
    String about,
    Channel channel,
    Area area,
    String segment,
    String topic,
    String campaign,
    Map<String, Double> pillars) {}
