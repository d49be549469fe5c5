package io.fermata.codec;

import io.fermata.codec.registry.RegisteredSchema;
import io.fermata.codec.registry.RegistryClient;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;

/** Which schema id values are written under: the registry is asked once for each subject. */
final class WriterSchemas {

  /**
   * @param transcoder turns bytes of the current schema into the one of {@code id}, null when they
   *     are the same
   */
  record Target(String topic, int id, Transcoder transcoder) {

    byte[] frame(byte[] encoded) {
      return Framing.frame(
          id, transcoder == null ? encoded : transcoder.transcode(encoded, 0, encoded.length));
    }
  }

  private record Use(String topic, Schema schema) {}

  private final RegistryClient registry;
  private final String suffix;
  private final Map<Use, Target> targets = new ConcurrentHashMap<>();

  /**
   * @param isKey whether the values are record keys, whose subjects end in {@code -key}
   */
  WriterSchemas(RegistryClient registry, boolean isKey) {
    this.registry = registry;
    this.suffix = isKey ? "-key" : "-value";
  }

  Target target(String topic, Schema schema) {
    Use use = new Use(topic, schema);
    Target known = targets.get(use);
    if (known != null) {
      return known;
    }
    Target found = ask(topic, schema);
    if (targets.size() >= registry.config().cacheSize()) {
      targets.clear();
    }
    targets.put(use, found);
    return found;
  }

  private Target ask(String topic, Schema schema) {
    String subject = topic + suffix;
    if (registry.config().autoRegister()) {
      return new Target(topic, registry.register(subject, schema), null);
    }
    if (!registry.config().useLatest()) {
      return new Target(topic, registry.lookUp(subject, schema), null);
    }
    RegisteredSchema latest = registry.latest(subject);
    return new Target(topic, latest.id(), Transcoder.between(schema, latest.schema()));
  }
}
