package io.fermata.bench;

import io.fermata.topology.TopicNames;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.header.Headers;
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
import org.apache.kafka.streams.state.KeyValueIterator;
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
  private static final String PUBLISHED = "bare-published";
  private static final String ROUTE_COUNTS = "bare-route-counts";
  private static final String COUNTS = "bare-counts";

  private static final String LEDGER = "counts";
  private static final int LEDGER_BYTES = 240;
  private static final int ORIGIN_BYTES = 32;

  /** Numbers that change at a time: as many as days and sorts of alerts. */
  private static final int NUMBERS = 256;

  private final TopicNames topics;
  private final AtomicLong processed;

  BareTopology(TopicNames topics, AtomicLong processed) {
    this.topics = topics;
    this.processed = processed;
  }

  /** Re-key, one get and one put of {@code valueBytes}, the record cache off. */
  Topology getAndPut(int valueBytes) {
    Topology topology = rekeyed(new Stage(Rekey::new, Set.of()));
    topology.addProcessor(
        "get-and-put",
        new Stage(
            () -> new GetAndPut(valueBytes, processed), Set.of(store(ROOTS).withCachingDisabled())),
        "read-bare-inbox");
    return topology;
  }

  /** The same reads and writes as the pipeline. */
  Topology sameIo(IoProfile profile) {
    Topology topology = rekeyed(new Stage(CountingRekey::new, Set.of(small(ROUTE_COUNTS))));
    topology.addProcessor(
        "same-io",
        new Stage(
            () -> new SameIo(profile, processed),
            Set.of(
                store(ROOTS).withCachingEnabled(),
                store(HISTORY).withCachingDisabled(),
                store(TIMERS).withCachingDisabled(),
                store(PUBLISHED).withCachingDisabled(),
                small(COUNTS))),
        "read-bare-inbox");
    sink(topology, SameIo.ALERTS, topics.alerts(), "same-io");
    sink(topology, SameIo.ALERTS_LATEST, topics.alertsLatest(), "same-io");
    sink(topology, SameIo.JOURNEYS, topics.journeys(), "same-io");
    sink(topology, SameIo.GUIDANCE, topics.contactGuidance(), "same-io");
    return topology;
  }

  private Topology rekeyed(Stage rekey) {
    Topology topology = new Topology();
    source(topology, "read-bare-touchpoints", topics.touchpoints());
    topology.addProcessor("rekey", rekey, "read-bare-touchpoints");
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

  private static StoreBuilder<KeyValueStore<String, byte[]>> small(String name) {
    return Stores.keyValueStoreBuilder(
            Stores.inMemoryKeyValueStore(name), Serdes.String(), Serdes.ByteArray())
        .withCachingEnabled();
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

  /** As Route does it: where a record came from is in a header, and it is counted. */
  private static final class CountingRekey implements Processor<byte[], byte[], byte[], byte[]> {

    private ProcessorContext<byte[], byte[]> context;
    private KeyValueStore<String, byte[]> counts;

    @Override
    public void init(ProcessorContext<byte[], byte[]> processorContext) {
      context = processorContext;
      counts = context.getStateStore(ROUTE_COUNTS);
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
      RecordHeaders headers = new RecordHeaders();
      headers.add("origin", new byte[ORIGIN_BYTES]);
      context.forward(record.withHeaders(headers));
      counts.put(LEDGER, new byte[LEDGER_BYTES]);
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
    private final Rhythm settles;
    private final Rhythm lookups;
    private final Rhythm scans;
    private final Rhythm entries;
    private final Rhythm counts;
    private final Rhythm alerts;
    private final Rhythm journeys;
    private final Rhythm guidance;

    /** Whose touchpoint came last but some: whom the clock is told to. */
    private final byte[][] customers = new byte[NUMBERS][];

    private ProcessorContext<byte[], byte[]> context;
    private KeyValueStore<Bytes, byte[]> roots;
    private KeyValueStore<Bytes, byte[]> history;
    private KeyValueStore<String, byte[]> numbers;
    private Written historyWrites;
    private Written timerWrites;
    private Written publishedWrites;
    private int seen;

    SameIo(IoProfile profile, AtomicLong processed) {
      this.profile = profile;
      this.processed = processed;
      settles = new Rhythm(profile.settles());
      lookups = new Rhythm(profile.lookups());
      scans = new Rhythm(profile.scans().opened());
      entries = new Rhythm(profile.scans().entries());
      counts = new Rhythm(profile.counts());
      alerts = new Rhythm(profile.alerts().count());
      journeys = new Rhythm(profile.journeys().count());
      guidance = new Rhythm(profile.guidance().count());
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> processorContext) {
      context = processorContext;
      roots = context.getStateStore(ROOTS);
      history = context.getStateStore(HISTORY);
      numbers = context.getStateStore(COUNTS);
      historyWrites = new Written(history, profile.history());
      timerWrites = new Written(context.getStateStore(TIMERS), profile.timers());
      publishedWrites = new Written(context.getStateStore(PUBLISHED), profile.published());
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
      Headers headers = record.headers();
      headers.remove("origin");
      update(record.key(), record.value());
      for (int i = settles.next(); i > 0; i--) {
        byte[] other = customers[(seen + i) % NUMBERS];
        update(other == null ? record.key() : other, record.value());
      }
      customers[seen++ % NUMBERS] = record.key();
      historyWrites.write(record.key(), record.value());
      for (int i = lookups.next(); i > 0; i--) {
        history.get(historyWrites.last(record.key()));
      }
      for (int i = scans.next(); i > 0; i--) {
        scan(record.key());
      }
      timerWrites.write(record.key(), record.value());
      publishedWrites.write(record.key(), record.value());
      for (int i = counts.next(); i > 0; i--) {
        numbers.put("a number of some sort " + seen % NUMBERS, new byte[Long.BYTES]);
      }
      for (int i = alerts.next(); i > 0; i--) {
        byte[] alert = Filler.bytes(null, record.value(), profile.alerts().bytes());
        send(ALERTS, record, record.key(), alert);
        send(ALERTS_LATEST, record, new byte[32], alert);
      }
      for (int i = journeys.next(); i > 0; i--) {
        byte[] journey = Filler.bytes(null, record.value(), profile.journeys().bytes());
        send(JOURNEYS, record, new byte[32], journey);
      }
      for (int i = guidance.next(); i > 0; i--) {
        byte[] view = Filler.bytes(null, record.value(), profile.guidance().bytes());
        send(GUIDANCE, record, record.key(), view);
      }
      numbers.put(LEDGER, new byte[LEDGER_BYTES]);
      processed.incrementAndGet();
    }

    private void update(byte[] customer, byte[] touchpoint) {
      Bytes key = Bytes.wrap(customer);
      roots.put(key, Filler.bytes(roots.get(key), touchpoint, profile.rootBytes()));
    }

    private void scan(byte[] customer) {
      try (KeyValueIterator<Bytes, byte[]> range =
          history.range(Written.key(customer, 0), Written.key(customer, Long.MAX_VALUE))) {
        for (int i = entries.next(); i > 0 && range.hasNext(); i--) {
          range.next();
        }
      }
    }

    private void send(String sink, Record<byte[], byte[]> record, byte[] key, byte[] value) {
      RecordHeaders headers = new RecordHeaders();
      headers.add("change", "CHANGED".getBytes(StandardCharsets.UTF_8));
      context.forward(new Record<>(key, value, record.timestamp(), headers), sink);
    }
  }

  /** Puts and deletes in one store, in a rhythm. */
  private static final class Written {

    /** How many puts an entry outlives. */
    private static final int KEPT = 1000;

    private final KeyValueStore<Bytes, byte[]> store;
    private final Rhythm puts;
    private final Rhythm deletes;
    private final int bytes;
    private final Bytes[] keys = new Bytes[KEPT];
    private long sequence;
    private int deleted;

    Written(KeyValueStore<Bytes, byte[]> store, IoProfile.Writes writes) {
      this.store = store;
      puts = new Rhythm(writes.puts());
      deletes = new Rhythm(writes.deletes());
      bytes = writes.bytes();
    }

    void write(byte[] customer, byte[] touchpoint) {
      for (int i = puts.next(); i > 0; i--) {
        Bytes key = key(customer, sequence);
        keys[(int) (sequence++ % KEPT)] = key;
        store.put(key, Filler.bytes(null, touchpoint, bytes));
      }
      for (int i = deletes.next(); i > 0; i--) {
        Bytes key = keys[deleted++ % KEPT];
        // As the pipeline deletes: a delete would look the entry up.
        store.put(key == null ? key(customer, 0) : key, null);
      }
    }

    /** The key of what was put last; one of {@code customer} before that. */
    Bytes last(byte[] customer) {
      return sequence == 0 ? key(customer, 0) : keys[(int) ((sequence - 1) % KEPT)];
    }

    static Bytes key(byte[] customer, long sequence) {
      return Bytes.wrap(
          ByteBuffer.allocate(customer.length + Long.BYTES)
              .put(customer)
              .putLong(sequence)
              .array());
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
