package io.fermata.runtime.config;

/** Where health, metrics and the API are served, and to whom. */
@Section("Where health, metrics and the API are served, and to whom.")
public record HttpConfig(
    @Property(
            doc = "Address to listen on; `0.0.0.0` for all, as a container needs.",
            defaultValue = "127.0.0.1")
        String host,
    @Property(doc = "Port; 0 takes a free one.", defaultValue = "8484", atLeast = 0) int port,
    @Property(
            doc =
                "File with the tokens that the API takes, one a line, as `Authorization: Bearer"
                    + " TOKEN`. Empty asks for none, and then the API answers on loopback only.")
        String tokensFile,
    @Property(
            doc =
                "`host:port` at which the other instances reach this one's API; a query for a"
                    + " customer that another one has is handed on to it. Empty where there is one"
                    + " instance.")
        String advertised,
    @Property(
            doc = "Requests that the API answers in a second; more get the status 429.",
            defaultValue = "200",
            atLeast = 1)
        int requestsPerSecond) {}
