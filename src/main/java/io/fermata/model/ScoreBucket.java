package io.fermata.model;

import java.nio.ByteBuffer;
import java.util.Map;

/**
 * Answers and sent surveys of one day, counted; or what comes in addition to them.
 *
 * @param day days since 1970-01-01 in the business time zone
 * @param counts answers by score value, written so that it reads back as the same number
 * @param satisfied answers in the top quarter of their own scale
 * @param moments exact sums for regressions; empty for none
 */
public record ScoreBucket(
    ScoreKind kind,
    String dimension,
    String value,
    int day,
    Map<String, Long> counts,
    long satisfied,
    long sent,
    ByteBuffer moments) {}
