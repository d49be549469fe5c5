package io.fermata.runtime.config;

/** What is refused for its size. */
@Section("What is refused for its size.")
public record LimitsConfig(
    @Property(
            doc =
                "A touchpoint whose encoded record is larger is a dead letter `TOO_LARGE`. At most"
                    + " 1048576.",
            defaultValue = "262144",
            atLeast = 1)
        int recordBytes) {}
