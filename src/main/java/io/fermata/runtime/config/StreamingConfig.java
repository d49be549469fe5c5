package io.fermata.runtime.config;

import java.time.Duration;

/** How the work is shared between threads and instances. */
@Section("How the work is shared between threads and instances.")
public record StreamingConfig(
    @Property(
            doc = "Name of the consumer group and prefix of changelogs and transactional ids.",
            defaultValue = "fermata")
        String applicationId,
    @Property(
            doc =
                "This instance's name for static membership, unlike any other's and the same after"
                    + " a restart. Empty takes the host's name (in Kubernetes the pod's); `none`"
                    + " turns static membership off.")
        String instanceId,
    @Property(doc = "Stream threads in this process.", defaultValue = "1", atLeast = 1) int threads,
    @Property(
            doc = "Copies of each store kept warm on other instances.",
            defaultValue = "0",
            atLeast = 0)
        int standbyReplicas,
    @Property(
            doc =
                "Group protocol. `streams` knows no static membership and refuses a changed"
                    + " topology.",
            defaultValue = "classic",
            oneOf = {"classic", "streams"})
        String groupProtocol,
    @Property(
            doc = "Time between commits of a transaction: outputs are readable after one.",
            defaultValue = "PT0.1S",
            atLeast = 1)
        Duration commitInterval,
    @Property(
            doc =
                "How long a stop may take; keep it below the grace period of whoever stops the"
                    + " process.",
            defaultValue = "PT20S",
            atLeast = 1)
        Duration closeTimeout) {}
