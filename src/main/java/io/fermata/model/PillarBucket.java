package io.fermata.model;

import java.nio.ByteBuffer;
import java.util.Map;

/**
 * Pillar scores at the answers of one day, summed, and its experiences, counted; or what comes in
 * addition to them.
 *
 * @param day days since 1970-01-01 in the business time zone
 * @param n answers
 * @param sums exact sums of the six pillar scores; empty for none
 * @param experiences by {@code PILLAR POLARITY SEVERITY}
 */
public record PillarBucket(
    String dimension,
    String value,
    int day,
    long n,
    ByteBuffer sums,
    Map<String, Long> experiences) {}
