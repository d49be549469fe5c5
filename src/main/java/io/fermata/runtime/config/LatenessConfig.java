package io.fermata.runtime.config;

import java.time.Duration;

/** How late a touchpoint may come. */
@Section("How late a touchpoint may come.")
public record LatenessConfig(
    @Property(
            doc =
                "A touchpoint that happened up to this long before the newest one of its customer"
                    + " is folded; an older one may be a dead letter `TOO_LATE`.",
            defaultValue = "P7D",
            atLeast = 0)
        Duration allowed,
    @Property(
            doc =
                "How far the clock that settles deadlines stays behind the wall clock, so that"
                    + " touchpoints on their way arrive first.",
            defaultValue = "PT30S",
            atLeast = 0)
        Duration settle) {}
