package io.fermata.runtime.config;

import java.time.Duration;

/** What is believed of the senders' clocks. */
@Section("What is believed of the senders' clocks.")
public record ClockConfig(
    @Property(
            doc =
                "A touchpoint further ahead of the wall clock than this is a dead letter"
                    + " `FROM_THE_FUTURE`.",
            defaultValue = "PT5M",
            atLeast = 0)
        Duration maxSkew) {}
