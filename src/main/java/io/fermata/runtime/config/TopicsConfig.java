package io.fermata.runtime.config;

import java.time.Duration;

/** How the topics are named and made. */
@Section("The topics; which there are and what each is for stands in `topology/topics.yaml`.")
public record TopicsConfig(
    @Property(doc = "Put before the name of every topic.", defaultValue = "fermata.") String prefix,
    @Property(
            doc =
                "Partitions of the topics we create, and what the inbox must have: the greatest"
                    + " number of threads that can share the work. Can't be changed once there is"
                    + " state.",
            defaultValue = "6",
            atLeast = 1)
        int partitions,
    @Property(
            doc = "Replicas of topics, changelogs included; -1 takes the broker's default.",
            defaultValue = "-1",
            atLeast = -1)
        int replicationFactor,
    @Property(
            doc =
                "`true` creates what is missing at start; `false` checks, and refuses to start"
                    + " with the list of differences.",
            defaultValue = "true")
        boolean create,
    @Property(
            doc = "How long to wait at start for a cluster that doesn't answer yet.",
            defaultValue = "PT2M",
            atLeast = 0)
        Duration startTimeout,
    @Property(
            doc =
                "`ce_source` of the CloudEvents headers that alerts get, a URI reference such as"
                    + " `urn:fermata:bank`. Empty writes none.")
        String cloudEvents) {}
