package io.fermata.bench;

import io.fermata.codec.Framing;
import io.fermata.codec.ValueCodecs;
import io.fermata.topology.TopicNames;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Writes a workload to the topic, as far as it is told. */
final class Feeder implements AutoCloseable {

  private final Workload workload;
  private final AtomicReference<Exception> failure = new AtomicReference<>();
  private final KafkaProducer<byte[], byte[]> producer;
  private final String topic;
  private final byte[] header;
  private int next;

  Feeder(String bootstrapServers, Workload workload, TopicNames topics, ValueCodecs codecs) {
    this.workload = workload;
    producer =
        new KafkaProducer<>(
            Map.of(
                "bootstrap.servers", bootstrapServers, "linger.ms", "20", "batch.size", "262144"),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    topic = topics.touchpoints();
    header = codecs.touchpoints().serialize(topic, workload.touchpoints().get(0));
  }

  /**
   * Returns when so many touchpoints lie in the topic, or all.
   *
   * @throws IllegalStateException when the broker does not take them
   */
  void feed(long until) {
    if (next >= Math.min(until, workload.size())) {
      return;
    }
    for (; next < Math.min(until, workload.size()); next++) {
      byte[] encoded = workload.encoded().get(next);
      byte[] framed = new byte[Framing.HEADER + encoded.length];
      System.arraycopy(header, 0, framed, 0, Framing.HEADER);
      System.arraycopy(encoded, 0, framed, Framing.HEADER, encoded.length);
      producer.send(
          new ProducerRecord<>(topic, workload.keys().get(next), framed),
          (metadata, e) -> failure.compareAndSet(null, e));
    }
    producer.flush();
    if (failure.get() != null) {
      throw new IllegalStateException("could not load the topic", failure.get());
    }
  }

  @Override
  public void close() {
    producer.close();
  }
}
