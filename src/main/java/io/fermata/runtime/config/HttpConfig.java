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
            doc =
                "Requests that the API answers in a second to each token, or to each address where"
                    + " there are no tokens; more get the status 429.",
            defaultValue = "200",
            atLeast = 1)
        int requestsPerSecond,
    @Property(
            doc =
                "PEM file with the server's certificate and the chain of those who issued it: with"
                    + " it (and `http.tlsKey`) HTTPS is served. Read at start.")
        String tlsCertificate,
    @Property(doc = "PEM file with the certificate's private key, PKCS #8 and not encrypted.")
        String tlsKey,
    @Property(doc = "PKCS #12 file with both, instead of the two PEM files.") String tlsKeystore,
    @Property(
            doc =
                "Password of `http.tlsKeystore`; best given as the environment variable"
                    + " `FERMATA_HTTP_TLS_KEYSTORE_PASSWORD`.")
        String tlsKeystorePassword,
    @Property(
            doc =
                "`true` where a proxy in front of every instance ends TLS: tokens may then be taken"
                    + " without TLS on an address that is not loopback. Otherwise the start is"
                    + " refused.",
            defaultValue = "false")
        boolean tlsEndsAtProxy) {}
