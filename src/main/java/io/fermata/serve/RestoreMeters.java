package io.fermata.serve;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.StateRestoreListener;

/** What is being restored from changelogs, and how much is left of it. */
final class RestoreMeters implements StateRestoreListener {

  private final Map<TopicPartition, Long> remaining = new ConcurrentHashMap<>();
  private final Counter restored;

  RestoreMeters(MeterRegistry registry) {
    Gauge.builder("fermata.restoring.stores", remaining, Map::size)
        .description("Stores of tasks that are being restored from their changelogs")
        .register(registry);
    Gauge.builder("fermata.restoring.records", this, RestoreMeters::remaining)
        .description("Records of changelogs that are still to be restored")
        .register(registry);
    restored =
        Counter.builder("fermata.restored.records")
            .description("Records that were restored from changelogs")
            .register(registry);
  }

  private double remaining() {
    return remaining.values().stream().mapToDouble(left -> (double) left).sum();
  }

  @Override
  public void onRestoreStart(TopicPartition changelog, String store, long start, long end) {
    remaining.put(changelog, Math.max(0, end - start));
  }

  @Override
  public void onBatchRestored(TopicPartition changelog, String store, long end, long records) {
    restored.increment((double) records);
    remaining.computeIfPresent(changelog, (key, left) -> Math.max(0, left - records));
  }

  @Override
  public void onRestoreEnd(TopicPartition changelog, String store, long total) {
    remaining.remove(changelog);
  }

  @Override
  public void onRestoreSuspended(TopicPartition changelog, String store, long total) {
    remaining.remove(changelog);
  }
}
