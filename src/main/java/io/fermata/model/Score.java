package io.fermata.model;

/**
 * A survey answer.
 *
 * @param kind what was asked
 * @param value the answer, on the scale from {@code min} to {@code max}
 * @param about id of the touchpoint the survey asked about, or null
 */
public record Score(ScoreKind kind, double value, double min, double max, String about) {}
