import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;

/** Prints alerts from the beginning of their topic, read with Confluent's deserializer. */
public final class ReadAlerts {

  public static void main(String[] arguments) {
    if (arguments.length != 3) {
      System.err.println("usage: ReadAlerts HOST:PORT REGISTRY-URL COUNT");
      System.exit(2);
    }
    int count = Integer.parseInt(arguments[2]);
    Map<String, Object> settings =
        Map.of(
            "bootstrap.servers", arguments[0],
            "schema.registry.url", arguments[1],
            "group.id", "read-alerts-" + UUID.randomUUID(),
            "auto.offset.reset", "earliest",
            "isolation.level", "read_committed",
            "key.deserializer", "org.apache.kafka.common.serialization.StringDeserializer",
            "value.deserializer", "io.confluent.kafka.serializers.KafkaAvroDeserializer");
    try (KafkaConsumer<String, GenericRecord> consumer = new KafkaConsumer<>(settings)) {
      consumer.subscribe(List.of("fermata.alerts"));
      for (int read = 0; read < count; ) {
        for (ConsumerRecord<String, GenericRecord> record : consumer.poll(Duration.ofSeconds(1))) {
          String change =
              new String(record.headers().lastHeader("change").value(), StandardCharsets.UTF_8);
          System.out.println(change + " " + record.key() + " " + record.value());
          if (++read == count) {
            return;
          }
        }
      }
    }
  }
}
