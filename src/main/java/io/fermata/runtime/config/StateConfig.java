package io.fermata.runtime.config;

import java.nio.file.Path;

/** Where state is kept and how much memory it may take. */
@Section("Where state is kept and how much memory it may take.")
public record StateConfig(
    @Property(
            doc = "Folder of the local stores. Losing it costs a restore from the changelogs.",
            defaultValue = "fermata-state")
        Path dir,
    @Property(
            doc =
                "Bytes of the record cache that all threads of a process share; what is in it is"
                    + " written once per commit instead of at every change.",
            defaultValue = "67108864",
            atLeast = 0)
        long cacheBytes,
    @Property(
            doc =
                "Bytes outside the heap for the blocks, indexes, filters and write buffers of all"
                    + " RocksDB stores of a process together.",
            defaultValue = "201326592",
            atLeast = 16777216)
        long rocksdbBytes) {}
