package io.fermata.bench;

import io.fermata.topology.TopicNames;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * What the pipeline is measured against: Kafka Streams doing I/O and nothing else. A record is
 * re-keyed through a topic, then a store is read and written; with a profile, further stores and
 * output topics get as many and as large records as the pipeline writes.
 */
final class BareTopology {

  private static final String ROOTS = "bare-roots";
  private static final String HISTORY = "bare-history";
  private static final String TIMERS = "bare-timers";

  private final TopicNames topics;
  private final AtomicLong processed;

  BareTopology(TopicNames topics, AtomicLong processed) {
    this.topics = topics;
    this.processed = processed;
  }

  /** Re-key, one get and one put of {@code valueBytes}, the record cache off. */
  Topology getAndPut(int valueBytes) {
    Topology topology = rekeyed();
    topology.addProcessor(
        "get-and-put",
        new Stage(
            () -> new GetAndPut(valueBytes, processed), Set.of(store(ROOTS).withCachingDisabled())),
        "read-bare-inbox");
    return topology;
  }

  /** The same reads and writes as the pipeline. */
  Topology sameIo(IoProfile profile) {
    Topology topology = rekeyed();
    topology.addProcessor(
        "same-io",
        new Stage(
            () -> new SameIo(profile, processed),
            Set.of(
                store(ROOTS).withCachingEnabled(),
                store(HISTORY).withCachingDisabled(),
                store(TIMERS).withCachingDisabled())),
        "read-bare-inbox");
    sink(topology, SameIo.ALERTS, topics.alerts(), "same-io");
    sink(topology, SameIo.ALERTS_LATEST, topics.alertsLatest(), "same-io");
    sink(topology, SameIo.JOURNEYS, topics.journeys(), "same-io");
    sink(topology, SameIo.GUIDANCE, topics.contactGuidance(), "same-io");
    return topology;
  }

  private Topology rekeyed() {
    Topology topology = new Topology();
    source(topology, "read-bare-touchpoints", topics.touchpoints());
    topology.addProcessor("rekey", new Stage(Rekey::new, Set.of()), "read-bare-touchpoints");
    sink(topology, "write-bare-inbox", topics.inbox(), "rekey");
    source(topology, "read-bare-inbox", topics.inbox());
    return topology;
  }

  private static void source(Topology topology, String name, String topic) {
    topology.addSource(
        AutoOffsetReset.earliest(),
        name,
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer(),
        topic);
  }

  private static void sink(Topology topology, String name, String topic, String parent) {
    topology.addSink(name, topic, new ByteArraySerializer(), new ByteArraySerializer(), parent);
  }

  private static StoreBuilder<KeyValueStore<Bytes, byte[]>> store(String name) {
    return Stores.keyValueStoreBuilder(
        Stores.persistentKeyValueStore(name), Serdes.Bytes(), Serdes.ByteArray());
  }

  private record Stage(
      ProcessorSupplier<byte[], byte[], byte[], byte[]> supplier, Set<StoreBuilder<?>> stores)
      implements ProcessorSupplier<byte[], byte[], byte[], byte[]> {

    @Override
    public Processor<byte[], byte[], byte[], byte[]> get() {
      return supplier.get();
    }
  }

  /** Sends a record on under its key, as Route does. */
  private static final class Rekey implements Processor<byte[], byte[], byte[], byte[]> {

    private ProcessorContext<byte[], byte[]> context;

    @Override
    public void init(ProcessorContext<byte[], byte[]> processorContext) {
      context = processorContext;
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
      context.forward(record);
    }
  }

  private static final class GetAndPut implements Processor<byte[], byte[], byte[], byte[]> {

    private final int valueBytes;
    private final AtomicLong processed;
    private KeyValueStore<Bytes, byte[]> store;

    GetAndPut(int valueBytes, AtomicLong processed) {
      this.valueBytes = valueBytes;
      this.processed = processed;
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> context) {
      store = context.getStateStore(ROOTS);
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
      Bytes key = Bytes.wrap(record.key());
      store.put(key, Filler.bytes(store.get(key), record.value(), valueBytes));
      processed.incrementAndGet();
    }
  }

  private static final class SameIo implements Processor<byte[], byte[], byte[], byte[]> {

    static final String ALERTS = "write-bare-alerts";
    static final String ALERTS_LATEST = "write-bare-alerts-latest";
    static final String JOURNEYS = "write-bare-journeys";
    static final String GUIDANCE = "write-bare-contact-guidance";

    private final IoProfile profile;
    private final AtomicLong processed;
    private final Rhythm historyPuts;
    private final Rhythm historyDeletes;
    private final Rhythm timerPuts;
    private final Rhythm timerDeletes;
    private final Rhythm alerts;
    private final Rhythm journeys;
    private final Rhythm guidance;
    private ProcessorContext<byte[], byte[]> context;
    private KeyValueStore<Bytes, byte[]> roots;
    private KeyValueStore<Bytes, byte[]> history;
    private KeyValueStore<Bytes, byte[]> timers;
    private long historySequence;
    private long timerSequence;

    SameIo(IoProfile profile, AtomicLong processed) {
      this.profile = profile;
      this.processed = processed;
      historyPuts = new Rhythm(profile.historyPuts());
      historyDeletes = new Rhythm(profile.historyDeletes());
      timerPuts = new Rhythm(profile.timerPuts());
      timerDeletes = new Rhythm(profile.timerDeletes());
      alerts = new Rhythm(profile.alerts());
      journeys = new Rhythm(profile.journeys());
      guidance = new Rhythm(profile.guidance());
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> processorContext) {
      context = processorContext;
      roots = context.getStateStore(ROOTS);
      history = context.getStateStore(HISTORY);
      timers = context.getStateStore(TIMERS);
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
      Bytes key = Bytes.wrap(record.key());
      roots.put(key, Filler.bytes(roots.get(key), record.value(), profile.rootBytes()));
      for (int i = historyPuts.next(); i > 0; i--) {
        history.put(
            sequenced(record.key(), historySequence++),
            Filler.bytes(null, record.value(), profile.historyBytes()));
      }
      for (int i = historyDeletes.next(); i > 0; i--) {
        history.delete(sequenced(record.key(), Math.max(0, historySequence - 1000)));
      }
      for (int i = timerPuts.next(); i > 0; i--) {
        timers.put(sequenced(record.key(), timerSequence++), new byte[1]);
      }
      for (int i = timerDeletes.next(); i > 0; i--) {
        timers.delete(sequenced(record.key(), Math.max(0, timerSequence - 1000)));
      }
      for (int i = alerts.next(); i > 0; i--) {
        byte[] alert = Filler.bytes(null, record.value(), profile.alertBytes());
        send(ALERTS, record, record.key(), alert);
        send(ALERTS_LATEST, record, new byte[32], alert);
      }
      for (int i = journeys.next(); i > 0; i--) {
        send(
            JOURNEYS,
            record,
            new byte[32],
            Filler.bytes(null, record.value(), profile.journeyBytes()));
      }
      for (int i = guidance.next(); i > 0; i--) {
        send(
            GUIDANCE,
            record,
            record.key(),
            Filler.bytes(null, record.value(), profile.guidanceBytes()));
      }
      processed.incrementAndGet();
    }

    private void send(String sink, Record<byte[], byte[]> record, byte[] key, byte[] value) {
      RecordHeaders headers = new RecordHeaders();
      headers.add("change", "CHANGED".getBytes(StandardCharsets.UTF_8));
      context.forward(new Record<>(key, value, record.timestamp(), headers), sink);
    }

    private static Bytes sequenced(byte[] key, long sequence) {
      return Bytes.wrap(
          ByteBuffer.allocate(Long.BYTES + key.length).putLong(sequence).put(key).array());
    }
  }

  /** Values that compress no better than real ones: pieces of touchpoints and of the old value. */
  private static final class Filler {

    private Filler() {}

    static byte[] bytes(byte[] old, byte[] touchpoint, int length) {
      byte[] value = old != null && old.length == length ? old.clone() : new byte[length];
      for (int at = old == null ? 0 : length / 2; at < length; at += touchpoint.length) {
        System.arraycopy(touchpoint, 0, value, at, Math.min(touchpoint.length, length - at));
      }
      return value;
    }
  }
}
