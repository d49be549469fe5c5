package io.fermata.codec;

import io.fermata.codec.registry.RegistryClient;
import io.fermata.codec.registry.RegistryConfig;
import io.fermata.model.Alert;
import io.fermata.model.ContactGuidance;
import io.fermata.model.Journey;
import io.fermata.model.SurveyResponse;
import io.fermata.model.SurveySent;
import io.fermata.model.Touchpoint;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.apache.avro.Schema;
import org.apache.avro.util.RandomData;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.utils.Utils;

/**
 * The codecs of all topics, made by configuration. {@code value.serializer} names the class that
 * writes values: {@link FermataAvroSerializer} (the default) or any other that takes Avro's generic
 * records, as {@code io.confluent.kafka.serializers.KafkaAvroSerializer} does. {@code
 * value.deserializer} is by default the class of the same name with {@code Deserializer}. The rest
 * of the configuration is theirs; for ours see {@link RegistryConfig}.
 */
public final class ValueCodecs implements AutoCloseable {

  private static final String SERIALIZER = "value.serializer";
  private static final String DESERIALIZER = "value.deserializer";

  private final Function<RecordCodec<?>, ValueCodec<?>> maker;
  private final BiConsumer<String, Schema> declarer;
  private final Queue<AutoCloseable> opened;
  private final Map<RecordCodec<?>, ValueCodec<?>> codecs = new ConcurrentHashMap<>();

  private ValueCodecs(
      Function<RecordCodec<?>, ValueCodec<?>> maker,
      BiConsumer<String, Schema> declarer,
      Queue<AutoCloseable> opened) {
    this.maker = maker;
    this.declarer = declarer;
    this.opened = opened;
  }

  /**
   * The codecs that a configuration asks for; the registry is not asked before the first value.
   *
   * @throws ConfigException when a property is wrong or a class can't be loaded
   */
  public static ValueCodecs of(Map<String, ?> config) {
    String serializer = className(config.get(SERIALIZER), FermataAvroSerializer.class.getName());
    String deserializer =
        className(config.get(DESERIALIZER), serializer.replaceAll("Serializer$", "Deserializer"));
    Queue<AutoCloseable> opened = new ConcurrentLinkedQueue<>();
    boolean ourSerializer = serializer.equals(FermataAvroSerializer.class.getName());
    boolean ourDeserializer = deserializer.equals(FermataAvroDeserializer.class.getName());
    if (ourSerializer && ourDeserializer) {
      RegistryClient registry = new RegistryClient(RegistryConfig.of(config));
      WriterSchemas writers = new WriterSchemas(registry, false);
      return new ValueCodecs(
          codec -> new FramedCodec<>(codec, registry, writers), writers::target, opened);
    }
    Map<String, Object> shared = new HashMap<>(config);
    ThreadLocal<Serializer<Object>> serializers =
        ThreadLocal.withInitial(
            () -> open(SERIALIZER, serializer, Serializer.class, shared, opened));
    ThreadLocal<Deserializer<Object>> deserializers =
        ThreadLocal.withInitial(
            () -> open(DESERIALIZER, deserializer, Deserializer.class, shared, opened));
    // A wrong class is told now, not by the first record.
    serializers.get();
    deserializers.get();
    return new ValueCodecs(
        codec -> new DelegatingCodec<>(codec, serializers, deserializers),
        (topic, schema) -> writeSample(serializers.get(), topic, schema),
        opened);
  }

  /** Somebody else's serializer asks the registry only when it writes. */
  private static void writeSample(Serializer<Object> serializer, String topic, Schema schema) {
    Object sample = new RandomData(schema, 1, 1).iterator().next();
    try {
      serializer.serialize(topic, sample);
    } catch (RuntimeException e) {
      throw ForeignFailures.whenWriting(e);
    }
  }

  /**
   * Makes sure that values of {@code schema} can be written to a topic: registers the schema, or
   * looks whether it is registered, whatever the serializer is configured to do.
   *
   * @throws io.fermata.codec.registry.RegistryUnavailableException when the registry does not
   *     answer: try again later
   * @throws io.fermata.codec.registry.RegistryRefusedException when it refuses the schema, or does
   *     not have it and nobody may register it
   */
  public void declare(String topic, Schema schema) {
    declarer.accept(topic, schema);
  }

  public ValueCodec<Touchpoint> touchpoints() {
    return forType(Touchpoint.class);
  }

  /** Reads touchpoints without the texts that only describe them. */
  @SuppressWarnings("unchecked")
  public ValueCodec<Touchpoint> envelopes() {
    return (ValueCodec<Touchpoint>) codecs.computeIfAbsent(TouchpointEnvelopeCodec.INSTANCE, maker);
  }

  public ValueCodec<Alert> alerts() {
    return forType(Alert.class);
  }

  public ValueCodec<Journey> journeys() {
    return forType(Journey.class);
  }

  public ValueCodec<ContactGuidance> guidance() {
    return forType(ContactGuidance.class);
  }

  public ValueCodec<SurveyResponse> responses() {
    return forType(SurveyResponse.class);
  }

  public ValueCodec<SurveySent> surveysSent() {
    return forType(SurveySent.class);
  }

  public ValueCodec<InboxRecord> inbox() {
    return forType(InboxRecord.class);
  }

  /**
   * The codec of a class of the model.
   *
   * @throws IllegalArgumentException when there is no schema for it
   */
  @SuppressWarnings("unchecked")
  public <T> ValueCodec<T> forType(Class<T> type) {
    return (ValueCodec<T>) codecs.computeIfAbsent(Schemas.codecOf(type), maker);
  }

  @Override
  public void close() {
    for (AutoCloseable next = opened.poll(); next != null; next = opened.poll()) {
      Utils.closeQuietly(next, "serializer");
    }
  }

  private static String className(Object value, String otherwise) {
    return value == null
        ? otherwise
        : value instanceof Class<?> type ? type.getName() : value.toString().strip();
  }

  @SuppressWarnings("unchecked")
  private static <S extends AutoCloseable> S open(
      String property,
      String className,
      Class<? super S> type,
      Map<String, Object> config,
      Queue<AutoCloseable> opened) {
    Object made;
    try {
      made = Utils.newInstance(className, Object.class);
    } catch (ClassNotFoundException e) {
      throw new ConfigException(
          property, className, "no such class; Confluent's comes with the build profile confluent");
    }
    if (!type.isInstance(made)) {
      throw new ConfigException(
          property, className, "expected a class that is a " + type.getName());
    }
    if (made instanceof Serializer<?> serializer) {
      serializer.configure(config, false);
    } else if (made instanceof Deserializer<?> deserializer) {
      deserializer.configure(config, false);
    }
    opened.add((AutoCloseable) made);
    return (S) made;
  }
}
