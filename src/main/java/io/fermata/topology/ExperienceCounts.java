package io.fermata.topology;

import io.fermata.model.Alert;
import io.fermata.model.AlertStatus;
import io.fermata.model.Change;
import io.fermata.model.PillarBucket;
import io.fermata.score.DimensionValue;
import io.fermata.score.ExperienceKey;
import io.fermata.score.PillarBook;
import io.fermata.score.ScoreSettings;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Counts experiences where they are made, as their alerts change, and tells the Score room the sums
 * of a moment. What waits to be told lies in a store, so it is part of the transaction that
 * published the alerts.
 */
final class ExperienceCounts {

  private final ProcessorContext<byte[], byte[]> context;
  private final KeyValueStore<String, byte[]> store;
  private final Wire wire;
  private final ScoreSettings settings;

  /** As the store has it: reading a number back costs as much as writing it. */
  private final Map<ExperienceKey, Long> waiting = new HashMap<>();

  ExperienceCounts(
      ProcessorContext<byte[], byte[]> context,
      KeyValueStore<String, byte[]> store,
      Wire wire,
      ScoreSettings settings) {
    this.context = context;
    this.store = store;
    this.wire = wire;
    this.settings = settings;
    try (KeyValueIterator<String, byte[]> all = store.all()) {
      while (all.hasNext()) {
        KeyValue<String, byte[]> next = all.next();
        waiting.put(ExperienceKey.parse(next.key), ByteBuffer.wrap(next.value).getLong());
      }
    }
  }

  /** An alert is published; one that changes counts by {@link #recount}. */
  void count(Change change, Alert alert) {
    if (change == Change.RAISED) {
      ExperienceKey.of(settings, alert).ifPresent(key -> add(key, 1));
    } else if (change == Change.RETRACTED) {
      ExperienceKey.of(settings, alert.withStatus(AlertStatus.RAISED))
          .ifPresent(key -> add(key, -1));
    }
  }

  /** An alert counts for something else than it did. */
  void recount(Alert was, Alert is) {
    ExperienceKey.of(settings, was).ifPresent(key -> add(key, -1));
    ExperienceKey.of(settings, is).ifPresent(key -> add(key, 1));
  }

  private void add(ExperienceKey key, long change) {
    Long count = waiting.merge(key, change, (a, b) -> a + b == 0 ? null : (Long) (a + b));
    store.put(
        key.toString(),
        count == null ? null : ByteBuffer.allocate(Long.BYTES).putLong(count).array());
  }

  /** Tells all that waits: one delta for each dimension's value and day. */
  void send(long now) {
    if (waiting.isEmpty()) {
      return;
    }
    PillarBook sums = new PillarBook(settings);
    waiting.forEach(
        (key, count) -> {
          sums.add(key, count);
          Deletion.of(store, key.toString());
        });
    waiting.clear();
    for (PillarBucket delta : sums.buckets()) {
      String key = new DimensionValue(delta.dimension(), delta.value()).toString();
      context.forward(
          new Record<>(key.getBytes(StandardCharsets.UTF_8), wire.pillarBucket(delta), now),
          FermataTopology.WRITE_EXPERIENCE_DELTAS);
    }
  }
}
