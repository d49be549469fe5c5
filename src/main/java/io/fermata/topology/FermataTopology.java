package io.fermata.topology;

import io.fermata.journey.KeeperSettings;
import io.fermata.rules.RuleSet;
import io.fermata.score.ScoreSettings;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * The rooms and the topics between them. {@code topology/topology.txt} holds its description as
 * reviewed; a test compares the two.
 */
public final class FermataTopology {

  static final String READ_TOUCHPOINTS = "read-touchpoints";
  static final String READ_ERASURES = "read-erasures";
  static final String ROUTE_TOUCHPOINTS = "route-touchpoints";
  static final String READ_IDENTITY_LINKS = "read-identity-links";
  static final String ROUTE_LINKS = "route-links";
  static final String WRITE_INBOX = "write-inbox";
  static final String WRITE_ROUTE_DEAD_LETTERS = "write-route-dead-letters";
  static final String READ_INBOX = "read-inbox";
  static final String STITCH_JOURNEYS = "stitch-journeys";
  static final String WRITE_ALERTS = "write-alerts";
  static final String WRITE_ALERTS_LATEST = "write-alerts-latest";
  static final String WRITE_JOURNEYS = "write-journeys";
  static final String WRITE_CONTACT_GUIDANCE = "write-contact-guidance";
  static final String WRITE_CONTACT_DECISIONS = "write-contact-decisions";
  static final String WRITE_HANDOVERS = "write-handovers";
  static final String WRITE_ERASED = "write-erased";
  static final String WRITE_SURVEY_RESPONSES = "write-survey-responses";
  static final String WRITE_EXPERIENCE_DELTAS = "write-experience-deltas";
  static final String WRITE_SURVEYS_SENT = "write-surveys-sent";
  static final String READ_SURVEY_RESPONSES = "read-survey-responses";
  static final String READ_SURVEYS_SENT = "read-surveys-sent";
  static final String COUNT_ANSWERS = "count-answers";
  static final String WRITE_SCORE_DELTAS = "write-score-deltas";
  static final String READ_SCORE_DELTAS = "read-score-deltas";
  static final String REPORT_SCORES = "report-scores";
  static final String WRITE_SCORES = "write-scores";
  static final String WRITE_DRIVERS = "write-drivers";
  static final String WRITE_PILLAR_DELTAS = "write-pillar-deltas";
  static final String READ_PILLAR_DELTAS = "read-pillar-deltas";
  static final String REPORT_PILLARS = "report-pillars";
  static final String WRITE_PILLARS = "write-pillars";
  static final String WRITE_SCORE_COMPARISONS = "write-score-comparisons";
  static final String READ_SCORE_COMPARISONS = "read-score-comparisons";
  static final String JUDGE_SCORES = "judge-scores";
  static final String WRITE_SCORE_ALERTS = "write-score-alerts";
  static final String WRITE_JOURNEY_DEAD_LETTERS = "write-journey-dead-letters";

  private final TopicNames topics;
  private final Wire wire;
  private final RuleSet rules;
  private final RouteSettings route;
  private final KeeperSettings keeper;
  private final ClockSettings clock;
  private final PipelineListener listener;
  private final ScoreSettings score;
  private final long holdMillis;
  private CloudEvents cloudEvents = new CloudEvents("");

  /**
   * @param holdMillis how long a permission is held for a message after the time it was asked for
   */
  public FermataTopology(
      TopicNames topics,
      Wire wire,
      RuleSet rules,
      RouteSettings route,
      KeeperSettings keeper,
      ClockSettings clock,
      RegistryPatience patience,
      PipelineListener listener,
      ScoreSettings score,
      long holdMillis) {
    this.topics = topics;
    this.wire = new PatientWire(wire, patience);
    this.rules = rules;
    this.route = route;
    this.keeper = keeper;
    this.clock = clock;
    this.listener = listener;
    this.score = score;
    this.holdMillis = holdMillis;
  }

  /**
   * Makes alerts CloudEvents as well.
   *
   * @param source their {@code ce_source}; empty for no headers
   */
  public FermataTopology withCloudEvents(String source) {
    cloudEvents = new CloudEvents(source);
    return this;
  }

  /** Reads customers from the stores of a run. */
  public CustomerReader reader() {
    return new CustomerReader(wire, rules, keeper, route.identity());
  }

  /** Reads scores from the stores of a run. */
  public ScoreReader scoreReader() {
    return new ScoreReader(score);
  }

  /** A new topology; to be used for one {@code KafkaStreams} only. */
  public Topology build() {
    Topology topology = new Topology();
    addRoute(topology);
    addJourney(topology);
    addScore(topology);
    return topology;
  }

  private void addRoute(Topology topology) {
    source(topology, READ_TOUCHPOINTS, topics.touchpoints());
    source(topology, READ_ERASURES, topics.erasures());
    topology.addProcessor(
        ROUTE_TOUCHPOINTS,
        new Room(
            () -> new RouteProcessor(topics, wire, route, clock, listener),
            List.of(small(StoreNames.ROUTE_LEDGER))),
        READ_TOUCHPOINTS,
        READ_ERASURES);
    source(topology, READ_IDENTITY_LINKS, topics.identityLinks());
    topology.addProcessor(
        ROUTE_LINKS,
        new Room(
            () -> new LinkProcessor(topics, wire, route, listener),
            List.of(small(StoreNames.LINK_LEDGER))),
        READ_IDENTITY_LINKS);
    // To the key of the strongest identifier: all of a customer's touchpoints meet in one
    // partition.
    sink(topology, WRITE_INBOX, topics.inbox(), ROUTE_TOUCHPOINTS, ROUTE_LINKS);
    sink(topology, WRITE_ROUTE_DEAD_LETTERS, topics.deadLetters(), ROUTE_TOUCHPOINTS, ROUTE_LINKS);
  }

  private void addJourney(Topology topology) {
    source(topology, READ_INBOX, topics.inbox());
    topology.addProcessor(
        STITCH_JOURNEYS,
        new Room(
            () ->
                new JourneyProcessor(
                    topics,
                    wire,
                    rules,
                    keeper,
                    route.identity(),
                    clock,
                    holdMillis,
                    score,
                    cloudEvents,
                    listener),
            List.of(
                // Cached: a busy customer's record is written once a commit, not once a touchpoint.
                store(StoreNames.JOURNEYS).withCachingEnabled(),
                // Not cached: written seldom, and never soon again under the same key.
                store(StoreNames.HISTORY).withCachingDisabled(),
                // Not cached: a range of a cached store first copies every key of the cache.
                store(StoreNames.TIMERS).withCachingDisabled(),
                // Not cached: written once under a key, and read in ranges.
                store(StoreNames.IDENTITIES).withCachingDisabled(),
                // Not cached: written once under a key, and hardly ever read.
                store(StoreNames.PUBLISHED).withCachingDisabled(),
                // Not cached: expired ones are found in ranges.
                store(StoreNames.RESERVATIONS).withCachingDisabled(),
                small(StoreNames.RULES),
                small(StoreNames.EXPERIENCES_PENDING),
                small(StoreNames.JOURNEY_LEDGER))),
        READ_INBOX);
    sink(topology, WRITE_ALERTS, topics.alerts(), STITCH_JOURNEYS);
    sink(topology, WRITE_ALERTS_LATEST, topics.alertsLatest(), STITCH_JOURNEYS);
    sink(topology, WRITE_JOURNEYS, topics.journeys(), STITCH_JOURNEYS);
    sink(topology, WRITE_CONTACT_GUIDANCE, topics.contactGuidance(), STITCH_JOURNEYS);
    sink(topology, WRITE_CONTACT_DECISIONS, topics.contactDecisions(), STITCH_JOURNEYS);
    // Back to the inbox: touchpoints go on to the name that theirs belongs to.
    sink(topology, WRITE_HANDOVERS, topics.inbox(), STITCH_JOURNEYS);
    sink(topology, WRITE_SURVEY_RESPONSES, topics.surveyResponses(), STITCH_JOURNEYS);
    sink(topology, WRITE_SURVEYS_SENT, topics.surveysSent(), STITCH_JOURNEYS);
    // Experiences are counted where they are made; a sink of its own, or the rooms would be one.
    sink(topology, WRITE_EXPERIENCE_DELTAS, topics.pillarDeltas(), STITCH_JOURNEYS);
    sink(topology, WRITE_ERASED, topics.erased(), STITCH_JOURNEYS);
    sink(topology, WRITE_JOURNEY_DEAD_LETTERS, topics.deadLetters(), STITCH_JOURNEYS);
  }

  private void addScore(Topology topology) {
    source(topology, READ_SURVEY_RESPONSES, topics.surveyResponses());
    source(topology, READ_SURVEYS_SENT, topics.surveysSent());
    topology.addProcessor(
        COUNT_ANSWERS,
        new Room(
            () -> new CountProcessor(topics, wire, score),
            List.of(
                // Not cached: an answer is seldom revised, and not soon.
                store(StoreNames.SCORE_ANSWERS).withCachingDisabled(),
                small(StoreNames.SCORE_PENDING),
                small(StoreNames.PILLAR_PENDING))),
        READ_SURVEY_RESPONSES,
        READ_SURVEYS_SENT);
    // To the key of what is added up: one partition has all of it, in few and summed deltas.
    sink(topology, WRITE_SCORE_DELTAS, topics.scoreDeltas(), COUNT_ANSWERS);
    sink(topology, WRITE_PILLAR_DELTAS, topics.pillarDeltas(), COUNT_ANSWERS);
    source(topology, READ_SCORE_DELTAS, topics.scoreDeltas());
    topology.addProcessor(
        REPORT_SCORES,
        new Room(
            () -> new ReportProcessor(wire, score, listener),
            List.of(
                // Not cached: read in ranges, for which a cache copies every key first.
                store(StoreNames.SCORE_DAYS).withCachingDisabled(),
                small(StoreNames.SCORE_TOUCHED))),
        READ_SCORE_DELTAS);
    sink(topology, WRITE_SCORES, topics.scores(), REPORT_SCORES);
    sink(topology, WRITE_DRIVERS, topics.drivers(), REPORT_SCORES);
    addJudgement(topology);
    addPillars(topology);
  }

  private void addJudgement(Topology topology) {
    // To the key of the day: whether chance explains a fall depends on all that was looked at.
    sink(topology, WRITE_SCORE_COMPARISONS, topics.scoreComparisons(), REPORT_SCORES);
    source(topology, READ_SCORE_COMPARISONS, topics.scoreComparisons());
    topology.addProcessor(
        JUDGE_SCORES,
        new Room(
            () -> new JudgeProcessor(wire, score),
            List.of(
                // Not cached: read in ranges, for which a cache copies every key first.
                store(StoreNames.SCORE_FAMILIES).withCachingDisabled(),
                small(StoreNames.SCORE_JUDGED))),
        READ_SCORE_COMPARISONS);
    sink(topology, WRITE_SCORE_ALERTS, topics.scoreAlerts(), JUDGE_SCORES);
  }

  private void addPillars(Topology topology) {
    source(topology, READ_PILLAR_DELTAS, topics.pillarDeltas());
    topology.addProcessor(
        REPORT_PILLARS,
        new Room(
            () -> new PillarProcessor(wire, score),
            List.of(
                // Not cached: as the days of scores.
                store(StoreNames.PILLAR_DAYS).withCachingDisabled(),
                small(StoreNames.PILLAR_TOUCHED))),
        READ_PILLAR_DELTAS);
    sink(topology, WRITE_PILLARS, topics.pillars(), REPORT_PILLARS);
  }

  private static void source(Topology topology, String name, String topic) {
    topology.addSource(
        AutoOffsetReset.earliest(),
        name,
        // Any producer's time will do: event time is in the touchpoint.
        (record, partitionTime) -> Math.max(0, record.timestamp()),
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer(),
        topic);
  }

  private static void sink(Topology topology, String name, String topic, String... parents) {
    topology.addSink(name, topic, new ByteArraySerializer(), new ByteArraySerializer(), parents);
  }

  private static StoreBuilder<?> small(String name) {
    return Stores.keyValueStoreBuilder(
            Stores.inMemoryKeyValueStore(name), Serdes.String(), Serdes.ByteArray())
        .withCachingEnabled();
  }

  private static StoreBuilder<?> store(String name) {
    return Stores.keyValueStoreBuilder(
        Stores.persistentKeyValueStore(name), Serdes.Bytes(), Serdes.ByteArray());
  }

  /** A room's processor with the stores it owns. */
  private record Room(
      ProcessorSupplier<byte[], byte[], byte[], byte[]> supplier, List<StoreBuilder<?>> storeList)
      implements ProcessorSupplier<byte[], byte[], byte[], byte[]> {

    @Override
    public Processor<byte[], byte[], byte[], byte[]> get() {
      return supplier.get();
    }

    /** Always in one order, so that the description is the same every time. */
    @Override
    public Set<StoreBuilder<?>> stores() {
      return new LinkedHashSet<>(storeList);
    }
  }
}
