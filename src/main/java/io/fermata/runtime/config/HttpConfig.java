package io.fermata.runtime.config;

/** Where health and metrics are served. */
@Section("Where health and metrics are served.")
public record HttpConfig(
    @Property(
            doc = "Address to listen on; `0.0.0.0` for all, as a container needs.",
            defaultValue = "127.0.0.1")
        String host,
    @Property(doc = "Port; 0 takes a free one.", defaultValue = "8484", atLeast = 0) int port) {}
