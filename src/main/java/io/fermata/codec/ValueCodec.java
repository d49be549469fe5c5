package io.fermata.codec;

import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;

/** The values of one kind of topic as framed bytes. For any number of threads; null stays null. */
public interface ValueCodec<T> {

  /**
   * The value in Confluent's framing, in the schema of the topic.
   *
   * @throws io.fermata.codec.registry.RegistryUnavailableException when the registry has to be
   *     asked and does not answer: try again later
   * @throws org.apache.kafka.common.errors.SerializationException when it never will be written
   */
  byte[] serialize(String topic, T value);

  /**
   * Reads the framed bytes in part of an array.
   *
   * @throws UnreadableRecordException when they never will be readable; its reason is the dead
   *     letter's code, {@code UNDECODABLE} or {@code UNKNOWN_SCHEMA}
   * @throws io.fermata.codec.registry.RegistryUnavailableException when the registry has to be
   *     asked and does not answer: try again later
   * @throws io.fermata.codec.registry.RegistryRefusedException when the registry refuses to answer,
   *     for instance for want of credentials
   */
  T deserialize(String topic, byte[] bytes, int offset, int length);

  /** {@link #deserialize(String, byte[], int, int)} of a whole array; null gives null. */
  default T deserialize(String topic, byte[] framed) {
    return framed == null ? null : deserialize(topic, framed, 0, framed.length);
  }

  /**
   * Whether what follows the framing's header is the current schema's encoding, so that it can be
   * kept as it is. A codec that can't tell says no.
   */
  default boolean isCurrent(byte[] bytes, int offset, int length) {
    return false;
  }

  /** This codec as Kafka has it. */
  default Serde<T> serde() {
    return Serdes.serdeFrom(this::serialize, this::deserialize);
  }
}
