package io.fermata.runtime.config;

import java.nio.file.Path;

/** Where the rules lie. */
@Section("Where the rules lie.")
public record RulesConfig(
    @Property(
            doc =
                "Folder or file of rules. A relative path is tried in the working directory first"
                    + " and then beside the program.",
            defaultValue = "rules")
        Path path) {}
