package io.fermata.runtime.config;

import java.time.Duration;

/** When a journey ends. */
@Section("When a journey ends.")
public record JourneyConfig(
    @Property(
            doc = "A journey lapses after this long without a touchpoint.",
            defaultValue = "P14D",
            atLeast = 1)
        Duration gap,
    @Property(
            doc = "A resolved journey completes when nothing more comes for this long.",
            defaultValue = "P3D",
            atLeast = 0)
        Duration settle) {}
