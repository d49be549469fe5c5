package io.fermata.it;

import io.fermata.codec.ValueCodecs;
import io.fermata.generate.GeneratorSettings;
import io.fermata.generate.TouchpointGenerator;
import io.fermata.identity.IdentityGraph;
import io.fermata.identity.IdentitySettings;
import io.fermata.identity.TouchpointLinks;
import io.fermata.journey.CustomerFold;
import io.fermata.journey.FoldSettings;
import io.fermata.journey.Views;
import io.fermata.model.CustomerKeys;
import io.fermata.model.DeadLetterReason;
import io.fermata.model.IdentityLink;
import io.fermata.model.Position;
import io.fermata.model.Touchpoint;
import io.fermata.rules.RuleSet;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Seeded input and what must become of it. Years old, so that a live clock has settled everything;
 * keyed by customer, so that nothing comes later than the generator makes it.
 */
final class Workload {

  /** On every record: its number in the input, by which dead letters are known again. */
  static final String NUMBER = "number";

  private static final Instant START = Instant.parse("2021-03-01T00:00:00Z");
  private static final int NO_SUCH_SCHEMA = 987_654;

  /**
   * @param reason why it must become a dead letter, or null
   */
  record Input(byte[] key, byte[] value, DeadLetterReason reason) {}

  private final List<Input> inputs = new ArrayList<>();
  private final List<IdentityLink> said = new ArrayList<>();
  private final Map<String, TreeMap<Position, Touchpoint>> byCustomer = new TreeMap<>();
  private final CustomerKeys keys = new CustomerKeys(CustomerKeys.DEFAULT_ORDER);
  private final String topic;
  private final ValueCodecs codecs;
  private int duplicates;

  private Workload(String topic, ValueCodecs codecs) {
    this.topic = topic;
    this.codecs = codecs;
  }

  /** Nothing but what is added. */
  static Workload empty(String topic, ValueCodecs codecs) {
    return new Workload(topic, codecs);
  }

  /**
   * @param badShare share of records that are no valid touchpoint
   */
  static Workload of(
      long seed, int customers, int records, double badShare, String topic, ValueCodecs codecs) {
    return of(seed, customers, records, badShare, 0, topic, codecs);
  }

  /**
   * @param anonymousShare share of customers who are seen under weaker identifiers first
   */
  static Workload of(
      long seed,
      int customers,
      int records,
      double badShare,
      double anonymousShare,
      String topic,
      ValueCodecs codecs) {
    Workload workload = new Workload(topic, codecs);
    Random random = new Random(seed);
    TouchpointGenerator generator =
        new TouchpointGenerator(
            GeneratorSettings.endless(seed, customers)
                .withEndlessFrom(START)
                .withArrivals(0.1, 0.05)
                .withIncidents(0.3)
                .withAnonymous(anonymousShare));
    while (workload.inputs.size() < records) {
      Touchpoint touchpoint = generator.next();
      if (random.nextDouble() < badShare) {
        workload.addBad(random, touchpoint);
      }
      workload.add(touchpoint);
    }
    return workload;
  }

  /**
   * Adds what a CRM says of the names: links of some to any customer, some with an end, unlinks of
   * some of these and of some links that touchpoints make.
   */
  void addLinks(long seed) {
    Random random = new Random(seed);
    List<String> customers = new ArrayList<>(byCustomer.keySet());
    byCustomer.forEach(
        (name, touchpoints) -> {
          Touchpoint any =
              List.copyOf(touchpoints.values()).get(random.nextInt(touchpoints.size()));
          long at = any.occurredAt() + random.nextInt(3) - 1;
          Long until = random.nextInt(3) == 0 ? (Long) (at + 86_400_000L) : null;
          String to = customers.get(random.nextInt(customers.size()));
          if (random.nextInt(3) == 0 && !to.equals(name)) {
            said.add(new IdentityLink(null, name, to, at, until, false));
            if (random.nextInt(3) == 0) {
              said.add(new IdentityLink(null, name, to, at, null, true));
            }
          }
          if (any.identifiers().size() > 1 && random.nextInt(3) == 0) {
            TouchpointLinks.find(
                any,
                IdentitySettings.DEFAULTS,
                link ->
                    said.add(
                        new IdentityLink(link.id(), link.from(), link.to(), link.at(), null, true)),
                link -> {});
          }
        });
    Collections.shuffle(said, random);
  }

  List<IdentityLink> links() {
    return Collections.unmodifiableList(said);
  }

  /** How many names other than customers there are. */
  long otherNames() {
    return byCustomer.keySet().stream().filter(name -> !name.startsWith("customer:")).count();
  }

  /** Adds a touchpoint that must be folded, unless it is there already. */
  void add(Touchpoint touchpoint) {
    add(touchpoint, codecs.touchpoints().serialize(topic, touchpoint));
  }

  /** Adds a touchpoint that must be folded, as somebody else encoded it. */
  void add(Touchpoint touchpoint, byte[] bytes) {
    String customer = keys.keyOf(touchpoint);
    inputs.add(new Input(customer.getBytes(StandardCharsets.UTF_8), bytes, null));
    Touchpoint known =
        byCustomer
            .computeIfAbsent(customer, name -> new TreeMap<>())
            .putIfAbsent(touchpoint.position(), touchpoint);
    duplicates += known == null ? 0 : 1;
  }

  /** Adds a record that must become a dead letter. */
  void addDead(byte[] key, byte[] value, DeadLetterReason reason) {
    inputs.add(new Input(key, value, reason));
  }

  private void addBad(Random random, Touchpoint like) {
    byte[] key = keys.keyOf(like).getBytes(StandardCharsets.UTF_8);
    byte[] good = codecs.touchpoints().serialize(topic, like);
    switch (random.nextInt(4)) {
      case 0 -> {
        byte[] noise = new byte[20];
        random.nextBytes(noise);
        noise[0] = 'x';
        addDead(key, noise, DeadLetterReason.UNDECODABLE);
      }
      case 1 -> addDead(key, Arrays.copyOf(good, good.length - 1), DeadLetterReason.UNDECODABLE);
      case 2 ->
          addDead(
              key,
              ByteBuffer.wrap(good.clone()).putInt(1, NO_SUCH_SCHEMA).array(),
              DeadLetterReason.UNKNOWN_SCHEMA);
      default ->
          addDead(
              key,
              codecs
                  .touchpoints()
                  .serialize(topic, like.toBuilder().waitSeconds(-1).type(" ").build()),
              DeadLetterReason.INVALID);
    }
  }

  int size() {
    return inputs.size();
  }

  Input input(int number) {
    return inputs.get(number);
  }

  ProducerRecord<byte[], byte[]> record(int number) {
    Input input = inputs.get(number);
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(topic, null, input.key(), input.value());
    record.headers().add(NUMBER, Integer.toString(number).getBytes(StandardCharsets.UTF_8));
    return record;
  }

  Set<String> customerNames() {
    return byCustomer.keySet();
  }

  int customers() {
    return byCustomer.size();
  }

  /** How often a touchpoint comes that came before. */
  int duplicates() {
    return duplicates;
  }

  long dead() {
    return inputs.stream().filter(input -> input.reason() != null).count();
  }

  /** What the readers of the views must end with. */
  FinalViews expected(RuleSet rules, long clock) {
    FinalViews expected = new FinalViews();
    IdentityGraph identities = new IdentityGraph(IdentitySettings.DEFAULTS);
    byCustomer
        .values()
        .forEach(touchpoints -> touchpoints.values().forEach(each -> identities.add(each)));
    said.forEach(identities::add);
    Map<String, TreeMap<Position, Touchpoint>> united = new TreeMap<>();
    byCustomer.forEach(
        (name, touchpoints) ->
            touchpoints.forEach(
                (position, touchpoint) ->
                    united
                        .computeIfAbsent(
                            identities.customerOf(name, position), any -> new TreeMap<>())
                        .put(position, touchpoint)));
    identities.alerts().forEach(alert -> expected.alerts().put(alert.id(), alert));
    united.forEach(
        (customer, touchpoints) -> {
          Views views =
              CustomerFold.fold(
                  FoldSettings.DEFAULTS, rules, customer, List.copyOf(touchpoints.values()), clock);
          views.alerts().forEach(alert -> expected.alerts().put(alert.id(), alert));
          views.journeys().forEach(journey -> expected.journeys().put(journey.id(), journey));
          views.guidance().forEach(guidance -> expected.guidance().put(customer, guidance));
        });
    return expected;
  }
}
