package io.fermata.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.fermata.codec.InboxRecord;
import io.fermata.codec.ValueCodec;
import io.fermata.model.Alert;
import io.fermata.model.Change;
import io.fermata.model.Channel;
import io.fermata.model.ContactGuidance;
import io.fermata.model.Erased;
import io.fermata.model.Erasure;
import io.fermata.model.IdentityLink;
import io.fermata.model.Journey;
import io.fermata.model.PillarBucket;
import io.fermata.model.ReservationAnswer;
import io.fermata.model.ScoreAlert;
import io.fermata.model.ScoreBucket;
import io.fermata.model.Touchpoint;
import io.fermata.score.ScoreSettings;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.test.TestRecord;

/** The real topology without a broker: what goes in, what comes out, what is left in the stores. */
public final class TestPipeline implements AutoCloseable {

  public static final TopicNames TOPICS = new TopicNames("fermata.");

  private static final List<String> CUSTOMER_STORES =
      List.of(
          StoreNames.JOURNEYS,
          StoreNames.HISTORY,
          StoreNames.TIMERS,
          StoreNames.IDENTITIES,
          StoreNames.RESERVATIONS,
          StoreNames.PUBLISHED);

  static final String APPLICATION_ID = "fermata";

  /** How long a permission is held. */
  static final long HOLD_MILLIS = Duration.ofMinutes(15).toMillis();

  /**
   * A record of an output topic.
   *
   * @param change the header {@code change}
   * @param value null for a tombstone
   * @param hex the bytes of the value as hexadecimal text; null for a tombstone
   */
  public record Published<V>(String key, Change change, V value, String hex, long timestamp) {}

  /** A record of the dead letter topic, header values as text. */
  record DeadLetter(String key, ByteBuffer value, Map<String, String> headers) {
    String header(String name) {
      return headers.get(name);
    }
  }

  /** An entry of the timers. */
  record Timer(long at, String customer) {}

  private final TestSetup setup;
  private final File stateDir;
  private final TopologyTestDriver driver;
  private final TestInputTopic<byte[], byte[]> touchpoints;
  private final TestInputTopic<byte[], byte[]> links;
  private final TestInputTopic<byte[], byte[]> inbox;
  private final TestInputTopic<byte[], byte[]> erasures;
  private final Map<String, TestOutputTopic<byte[], byte[]>> outputs = new TreeMap<>();
  private long wallClock;

  public TestPipeline(TestSetup setup) {
    this(setup, "");
  }

  /**
   * @param cloudEvents as of {@link FermataTopology#withCloudEvents}
   */
  TestPipeline(TestSetup setup, String cloudEvents) {
    this.setup = setup;
    this.wallClock = setup.wallClock();
    try {
      stateDir = Files.createTempDirectory("fermata-test").toFile();
    } catch (IOException e) {
      throw new UncheckedIOException("no folder for the stores", e);
    }
    driver =
        new TopologyTestDriver(
            topology(TOPICS, setup).withCloudEvents(cloudEvents).build(),
            config(),
            Instant.ofEpochMilli(wallClock));
    touchpoints = input(TOPICS.touchpoints());
    links = input(TOPICS.identityLinks());
    inbox = input(TOPICS.inbox());
    erasures = input(TOPICS.erasures());
    for (String topic :
        List.of(
            TOPICS.inbox(),
            TOPICS.alerts(),
            TOPICS.alertsLatest(),
            TOPICS.journeys(),
            TOPICS.contactGuidance(),
            TOPICS.contactDecisions(),
            TOPICS.surveyResponses(),
            TOPICS.scoreDeltas(),
            TOPICS.pillarDeltas(),
            TOPICS.scores(),
            TOPICS.drivers(),
            TOPICS.surveysSent(),
            TOPICS.erased(),
            TOPICS.scoreAlerts(),
            TOPICS.pillars(),
            TOPICS.deadLetters())) {
      outputs.put(
          topic,
          driver.createOutputTopic(
              topic, new ByteArrayDeserializer(), new ByteArrayDeserializer()));
    }
  }

  /** Another with the same stores, as after a restart. */
  TestPipeline restarted(TestSetup other) {
    TestPipeline next = new TestPipeline(other);
    for (String store : CUSTOMER_STORES) {
      KeyValueStore<Bytes, byte[]> into = next.driver.getKeyValueStore(store);
      entries(store).forEach(entry -> into.put(entry.key, entry.value));
    }
    KeyValueStore<String, byte[]> from = driver.getKeyValueStore(StoreNames.RULES);
    KeyValueStore<String, byte[]> into = next.driver.getKeyValueStore(StoreNames.RULES);
    try (KeyValueIterator<String, byte[]> all = from.all()) {
      all.forEachRemaining(entry -> into.put(entry.key, entry.value));
    }
    return next;
  }

  /** Keys of the stored rules. */
  List<String> storedRules() {
    List<String> keys = new ArrayList<>();
    KeyValueStore<String, byte[]> store = driver.getKeyValueStore(StoreNames.RULES);
    try (KeyValueIterator<String, byte[]> all = store.all()) {
      all.forEachRemaining(entry -> keys.add(entry.key));
    }
    return keys;
  }

  static FermataTopology topology(TopicNames topics, TestSetup setup) {
    return new FermataTopology(
        topics,
        new CodecWire(topics, setup.codecs()),
        setup.rules(),
        setup.route(),
        setup.keeper(),
        setup.clock(),
        setup.patience(),
        setup.listener(),
        ScoreSettings.parse("Europe/Warsaw", List.of("channel+topic")),
        HOLD_MILLIS);
  }

  private TestInputTopic<byte[], byte[]> input(String topic) {
    return driver.createInputTopic(topic, new ByteArraySerializer(), new ByteArraySerializer());
  }

  private Properties config() {
    Properties config = new Properties();
    config.put(StreamsConfig.APPLICATION_ID_CONFIG, APPLICATION_ID);
    config.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "nowhere:9092");
    config.put(StreamsConfig.STATE_DIR_CONFIG, stateDir.getPath());
    config.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    config.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, setup.cacheBytes());
    config.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
    return config;
  }

  // what goes in

  /** A touchpoint arrives, as its producer would write it. */
  public void arrives(Touchpoint touchpoint) {
    arrives(null, bytesOf(touchpoint), new RecordHeaders());
  }

  /** A record arrives, stamped with the wall clock. */
  public void arrives(byte[] key, byte[] value, Headers headers) {
    touchpoints.pipeInput(new TestRecord<>(key, value, headers, Math.max(0, wallClock)));
  }

  /** Somebody says a link. */
  public void arrives(IdentityLink link) {
    linkArrives(
        null, setup.codecs().forType(IdentityLink.class).serialize(TOPICS.identityLinks(), link));
  }

  /** A record arrives in the topic of links. */
  void linkArrives(byte[] key, byte[] value) {
    links.pipeInput(new TestRecord<>(key, value, new RecordHeaders(), Math.max(0, wallClock)));
  }

  public byte[] bytesOf(Touchpoint touchpoint) {
    return setup.codecs().touchpoints().serialize(TOPICS.touchpoints(), touchpoint);
  }

  /** A request to erase arrives. */
  void erase(String identifier, Erasure erasure) {
    eraseRaw(identifier.getBytes(StandardCharsets.UTF_8), bytesOf(erasure));
  }

  byte[] bytesOf(Erasure erasure) {
    return setup.codecs().forType(Erasure.class).serialize(TOPICS.erasures(), erasure);
  }

  void eraseRaw(byte[] key, byte[] value) {
    erasures.pipeInput(new TestRecord<>(key, value, new RecordHeaders(), Math.max(0, wallClock)));
  }

  /** What was confirmed since the last call. */
  List<Erased> erased() {
    return read(
        TOPICS.erased(),
        record ->
            setup.codecs().forType(Erased.class).deserialize(TOPICS.erased(), record.value()));
  }

  /** The records of a topic since the last call, as they are. */
  List<TestRecord<byte[], byte[]>> records(String topic) {
    return read(topic, Function.identity());
  }

  /** A touchpoint arrives that another instance has routed. */
  void arrivesAtJourney(String customer, byte[] bytes) {
    send(customer, InboxRecord.Arrival.of(bytes));
  }

  /** The clock is told by a tick. */
  public void tick(long at) {
    send("tick", new InboxRecord.Tick(at));
  }

  /** Somebody asks for a permission. */
  void reserve(String requestId, String name, Channel channel, long at) {
    send(name, new InboxRecord.Reserve(requestId, "test:" + requestId, channel, at, List.of()));
  }

  /** The answers to such requests since the last call. */
  List<ReservationAnswer> answers() {
    return read(
        TOPICS.contactDecisions(),
        record -> {
          ReservationAnswer answer =
              setup
                  .codecs()
                  .forType(ReservationAnswer.class)
                  .deserialize(TOPICS.contactDecisions(), record.value());
          assertThat(text(record.key())).isEqualTo(answer.decision().customer());
          assertThat(text(record.headers().lastHeader(ReservationDesk.REPLY_TO).value()))
              .isEqualTo(answer.replyTo());
          return answer;
        });
  }

  /** How many entries there are of what is reserved. */
  int reservationEntries() {
    return entries(StoreNames.RESERVATIONS).size();
  }

  private void send(String key, InboxRecord record) {
    inbox.pipeInput(
        new TestRecord<>(
            key.getBytes(StandardCharsets.UTF_8),
            setup.codecs().inbox().serialize(TOPICS.inbox(), record),
            new RecordHeaders(),
            Math.max(0, wallClock)));
  }

  /** The wall clock goes on, by at least the interval at which the Journey room looks at it. */
  public void advance(Duration time) {
    wallClock += time.toMillis();
    driver.advanceWallClockTime(time);
  }

  void advanceTo(long time) {
    advance(Duration.ofMillis(time - wallClock));
  }

  // what comes out

  /** What was published since the last call. */
  public List<Published<Alert>> alerts() {
    return published(TOPICS.alerts(), setup.codecs().alerts());
  }

  /** Headers of what was published of alerts since the last call, as text. */
  List<Map<String, String>> headersOf(String topic) {
    return read(
        topic,
        record -> {
          Map<String, String> headers = new TreeMap<>();
          record.headers().forEach(each -> headers.put(each.key(), text(each.value())));
          return headers;
        });
  }

  /** What was published since the last call. */
  public List<Published<Alert>> alertsLatest() {
    return published(TOPICS.alertsLatest(), setup.codecs().alerts());
  }

  /** What was published since the last call. */
  public List<Published<ContactGuidance>> guidance() {
    return published(TOPICS.contactGuidance(), setup.codecs().guidance());
  }

  public List<Published<Journey>> journeys() {
    return published(TOPICS.journeys(), setup.codecs().journeys());
  }

  /** What was sent since the last call. */
  List<ScoreBucket> scoreDeltas() {
    return read(
        TOPICS.scoreDeltas(),
        record ->
            setup
                .codecs()
                .forType(ScoreBucket.class)
                .deserialize(TOPICS.scoreDeltas(), record.value()));
  }

  List<PillarBucket> pillarDeltas() {
    return read(
        TOPICS.pillarDeltas(),
        record ->
            setup
                .codecs()
                .forType(PillarBucket.class)
                .deserialize(TOPICS.pillarDeltas(), record.value()));
  }

  /** What was published since the last call. */
  List<Published<ScoreAlert>> scoreAlerts() {
    return published(TOPICS.scoreAlerts(), setup.codecs().forType(ScoreAlert.class));
  }

  /** A store with bytes as keys. */
  KeyValueStore<Bytes, byte[]> store(String name) {
    return driver.getKeyValueStore(name);
  }

  /** How many entries a store with texts as keys has. */
  int entriesOf(String store) {
    KeyValueStore<String, byte[]> entries = driver.getKeyValueStore(store);
    int count = 0;
    try (KeyValueIterator<String, byte[]> all = entries.all()) {
      while (all.hasNext()) {
        all.next();
        count++;
      }
    }
    return count;
  }

  /** What a compacted topic of Score comes to since the last call, by key; null once gone. */
  <V> Map<String, V> latest(String topic, Class<V> type) {
    Map<String, V> latest = new TreeMap<>();
    read(topic, Function.identity())
        .forEach(
            record ->
                latest.put(
                    text(record.key()),
                    setup.codecs().forType(type).deserialize(topic, record.value())));
    return latest;
  }

  private <V> List<Published<V>> published(String topic, ValueCodec<V> codec) {
    return read(
        topic,
        record ->
            new Published<>(
                text(record.key()),
                Change.valueOf(text(record.headers().lastHeader("change").value())),
                codec.deserialize(topic, record.value()),
                hex(record.value()),
                record.timestamp()));
  }

  List<DeadLetter> deadLetters() {
    return read(
        TOPICS.deadLetters(),
        record -> {
          Map<String, String> headers = new TreeMap<>();
          for (Header header : record.headers()) {
            headers.put(header.key(), text(header.value()));
          }
          byte[] value = record.value();
          return new DeadLetter(
              text(record.key()), value == null ? null : ByteBuffer.wrap(value), headers);
        });
  }

  List<TestRecord<byte[], byte[]>> inbox() {
    return read(TOPICS.inbox(), Function.identity());
  }

  private <T> List<T> read(String topic, Function<TestRecord<byte[], byte[]>, T> as) {
    return outputs.get(topic).readRecordsToList().stream().map(as).toList();
  }

  private static String text(byte[] bytes) {
    return bytes == null ? null : new String(bytes, StandardCharsets.UTF_8);
  }

  /** Every topic that something was written to, changelogs included. */
  Set<String> producedTopics() {
    return driver.producedTopicNames();
  }

  /** Keys, values and headers of all that was produced, changelogs included, by topic. */
  Map<String, String> everythingProduced() {
    Map<String, String> everything = new TreeMap<>();
    for (String topic : producedTopics()) {
      StringBuilder text = new StringBuilder();
      driver
          .createOutputTopic(topic, new ByteArrayDeserializer(), new ByteArrayDeserializer())
          .readRecordsToList()
          .forEach(
              record -> {
                text.append(latin(record.key())).append(' ').append(latin(record.value()));
                record.headers().forEach(header -> text.append(' ').append(latin(header.value())));
              });
      everything.put(topic, text.toString());
    }
    return everything;
  }

  private static String latin(byte[] bytes) {
    return bytes == null ? "" : new String(bytes, StandardCharsets.ISO_8859_1);
  }

  // what is left

  Map<String, StateStore> stores() {
    return driver.getAllStateStores();
  }

  /** Everything that is known of customers, as hexadecimal text: by store, by key. */
  Map<String, Map<String, String>> state() {
    Map<String, Map<String, String>> state = new TreeMap<>();
    for (String store : CUSTOMER_STORES) {
      Map<String, String> entries = new TreeMap<>();
      entries(store).forEach(e -> entries.put(hex(e.key.get()), hex(e.value)));
      state.put(store, entries);
    }
    return state;
  }

  private static String hex(byte[] bytes) {
    return bytes == null ? null : HexFormat.of().formatHex(bytes);
  }

  /** The customers that have a record. */
  public List<String> customers() {
    return entries(StoreNames.JOURNEYS).stream().map(entry -> text(entry.key.get())).toList();
  }

  /** How many entries the history has, over all customers. */
  int historySize() {
    return entries(StoreNames.HISTORY).size();
  }

  /** The timers that are set, the earliest first. */
  List<Timer> timers() {
    return entries(StoreNames.TIMERS).stream()
        .map(
            entry -> {
              ByteBuffer key = ByteBuffer.wrap(entry.key.get());
              long at = key.getLong() ^ Long.MIN_VALUE;
              return new Timer(at, StandardCharsets.UTF_8.decode(key).toString());
            })
        .toList();
  }

  public int timerCount() {
    return entries(StoreNames.TIMERS).size();
  }

  private List<KeyValue<Bytes, byte[]>> entries(String name) {
    KeyValueStore<Bytes, byte[]> store = driver.getKeyValueStore(name);
    List<KeyValue<Bytes, byte[]>> entries = new ArrayList<>();
    try (KeyValueIterator<Bytes, byte[]> all = store.all()) {
      all.forEachRemaining(entries::add);
    }
    return entries;
  }

  /** What the Route room has counted, as its store has it. */
  public Ledger routeLedger() {
    return new Ledger("route", driver.getKeyValueStore(StoreNames.ROUTE_LEDGER));
  }

  /** What the Route room has counted of links, as its store has it. */
  public Ledger linkLedger() {
    return new Ledger("links", driver.getKeyValueStore(StoreNames.LINK_LEDGER));
  }

  /** What the Journey room has counted, as its store has it. */
  public Ledger journeyLedger() {
    return new Ledger("journey", driver.getKeyValueStore(StoreNames.JOURNEY_LEDGER));
  }

  /** How things stand, as its store has it after a restart. */
  public TaskGauges gauges() {
    return new TaskGauges(driver.getKeyValueStore(StoreNames.JOURNEY_LEDGER));
  }

  /** What is wrong with the gauges, where these are the views. */
  public List<String> complaintsOfGauges(
      Collection<Journey> journeys, Collection<ContactGuidance> guidance) {
    long open = journeys.stream().filter(journey -> journey.closedAt() == null).count();
    TaskGauges gauges = gauges();
    List<String> complaints = new ArrayList<>();
    if (gauges.openJourneys() != open) {
      complaints.add(gauges.openJourneys() + " open journeys counted, there are " + open);
    }
    long paused = guidance.stream().filter(view -> gauges.counts(view.pauseUntil())).count();
    if (gauges.customersPaused() != paused) {
      complaints.add(gauges.customersPaused() + " pauses counted, there are " + paused);
    }
    return complaints;
  }

  @Override
  public void close() {
    driver.close();
    try {
      Utils.delete(stateDir);
    } catch (IOException e) {
      throw new UncheckedIOException("the stores cannot be deleted", e);
    }
  }
}
