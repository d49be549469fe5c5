package io.fermata.score;

import io.fermata.model.Pillar;
import io.fermata.model.Polarity;
import io.fermata.model.Severity;

/**
 * One good or bad experience, as far as scores look at it.
 *
 * @param at when it began, epoch milliseconds
 * @param severity as it was when raised; of good ones it plays no part
 */
public record Experience(long at, Pillar pillar, Polarity polarity, Severity severity) {}
