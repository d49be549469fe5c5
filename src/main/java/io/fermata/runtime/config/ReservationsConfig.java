package io.fermata.runtime.config;

import java.time.Duration;

/** How permissions to contact customers are held. */
@Section("How permissions to contact customers are held.")
public record ReservationsConfig(
    @Property(
            doc =
                "How long a permission that was given with `reserve: true` is held for its message"
                    + " after the time it was asked for. In that time it counts as if the message"
                    + " had been sent; when the message has come as a touchpoint, that counts"
                    + " instead.",
            defaultValue = "PT15M",
            atLeast = 1)
        Duration hold) {}
