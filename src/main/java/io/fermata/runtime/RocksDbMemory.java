package io.fermata.runtime;

import java.time.Duration;
import java.util.Map;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Cache;
import org.rocksdb.CompressionType;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.WriteBufferManager;

/**
 * Bounds what all RocksDB stores of this process take outside the heap together: blocks, indexes,
 * filters and write buffers share one cache of {@value #BYTES} bytes. Without it every store of
 * every task has 50 MiB of blocks and up to 48 MiB of write buffers of its own.
 */
public final class RocksDbMemory implements RocksDBConfigSetter {

  /** The property that carries the bound. */
  public static final String BYTES = "fermata.rocksdb.bytes";

  private static final long WRITE_BUFFER_BYTES = 32L << 20;
  private static final int WRITE_BUFFERS = 2;
  private static final int OPEN_FILES = 256;

  /** Files older than this are written anew, without what has been deleted. */
  private static final Duration REWRITTEN_WITHIN = Duration.ofDays(7);

  private static Shared shared;

  /** Lives as long as the process: stores come and go with every rebalance. */
  private record Shared(long bytes, Cache cache, WriteBufferManager writeBuffers) {}

  private static synchronized Shared shared(long bytes) {
    if (shared == null || shared.bytes != bytes) {
      Cache cache = new LRUCache(bytes);
      // Half for writes: the rest must hold indexes and filters of what is read.
      shared = new Shared(bytes, cache, new WriteBufferManager(bytes / 2, cache));
    }
    return shared;
  }

  @Override
  public void setConfig(String storeName, Options options, Map<String, Object> configs) {
    Shared memory = shared(Long.parseLong(configs.get(BYTES).toString()));
    BlockBasedTableConfig table = (BlockBasedTableConfig) options.tableFormatConfig();
    table.setBlockCache(memory.cache());
    table.setCacheIndexAndFilterBlocks(true);
    table.setCacheIndexAndFilterBlocksWithHighPriority(true);
    table.setPinTopLevelIndexAndFilter(true);
    options.setTableFormatConfig(table);
    options.setWriteBufferManager(memory.writeBuffers());
    options.setWriteBufferSize(WRITE_BUFFER_BYTES);
    options.setMaxWriteBufferNumber(WRITE_BUFFERS);
    options.setMaxOpenFiles(OPEN_FILES);
    options.setPeriodicCompactionSeconds(REWRITTEN_WITHIN.toSeconds());
    options.setCompressionType(CompressionType.LZ4_COMPRESSION);
  }

  @Override
  public void close(String storeName, Options options) {
    // What is set here is shared with the other stores and must outlive this one.
  }
}
