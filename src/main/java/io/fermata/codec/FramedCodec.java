package io.fermata.codec;

import io.fermata.codec.registry.RegistryClient;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;

/** Records of the model in Confluent's framing, without a detour over Avro's objects. */
final class FramedCodec<T> implements ValueCodec<T> {

  /**
   * @param transcoder turns the bytes of {@code id} into the current schema, null when it is that
   */
  private record Source(int id, Transcoder transcoder) {}

  private final RecordCodec<T> codec;
  private final RegistryClient registry;
  private final WriterSchemas writers;
  private final Map<Integer, Source> sources = new ConcurrentHashMap<>();

  // Nearly every call is for the same topic and the same id as the one before.
  private volatile WriterSchemas.Target lastTarget;
  private volatile Source lastSource;

  FramedCodec(RecordCodec<T> codec, RegistryClient registry, WriterSchemas writers) {
    this.codec = codec;
    this.registry = registry;
    this.writers = writers;
  }

  @Override
  public byte[] serialize(String topic, T value) {
    if (value == null) {
      return null;
    }
    WriterSchemas.Target target = lastTarget;
    if (target == null || !target.topic().equals(topic)) {
      target = writers.target(topic, codec.schema());
      lastTarget = target;
    }
    return target.transcoder() == null
        ? codec.encodeFramed(target.id(), value)
        : target.frame(codec.encode(value));
  }

  @Override
  public T deserialize(String topic, byte[] bytes, int offset, int length) {
    int id = Framing.schemaId(bytes, offset, length);
    Source source = lastSource;
    if (source == null || source.id() != id) {
      source = source(id);
      lastSource = source;
    }
    int from = offset + Framing.HEADER;
    int count = length - Framing.HEADER;
    if (source.transcoder() == null) {
      return codec.decode(bytes, from, count);
    }
    byte[] current = source.transcoder().transcode(bytes, from, count);
    return codec.decode(current, 0, current.length);
  }

  @Override
  public boolean isCurrent(byte[] bytes, int offset, int length) {
    int id = Framing.schemaId(bytes, offset, length);
    Source source = lastSource;
    return (source != null && source.id() == id ? source : source(id)).transcoder() == null;
  }

  private Source source(int id) {
    Source known = sources.get(id);
    if (known != null) {
      return known;
    }
    Schema writer = registry.byId(id);
    Source found = new Source(id, Transcoder.between(writer, codec.schema()));
    if (sources.size() >= registry.config().cacheSize()) {
      sources.clear();
    }
    sources.put(id, found);
    return found;
  }
}
