package io.fermata.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.fermata.codec.FermataAvroSerializer;
import io.fermata.codec.TouchpointCodec;
import io.fermata.model.Change;
import io.fermata.model.Outcome;
import io.fermata.model.Touchpoint;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

/** A producer that is a version ahead: a field and a symbol that this build has never heard of. */
class NewerWriterTest extends PipelineTest {

  @Test
  void shouldFoldAndRefoldWhenTheWritersSchemaIsNewer() {
    TestPipeline pipeline = open(replay().keeper(LateArrivalTest.keeper(Long.MAX_VALUE, 1, 1)));
    pipeline.arrives(null, newer("t1", 0), new RecordHeaders());
    pipeline.arrives(contact("t2", SECOND));
    pipeline.arrives(null, newer("t4", 3 * SECOND), new RecordHeaders());
    assertThat(pipeline.journeys())
        .last()
        .satisfies(journey -> assertThat(journey.value().lastOutcome()).isEqualTo(Outcome.UNKNOWN));
    assertThat(pipeline.alerts()).hasSize(1);

    // What the newer producer wrote is read again, out of the history.
    pipeline.arrives(contact("t0", -SECOND));
    pipeline.arrives(null, newer("t3", 2 * SECOND), new RecordHeaders());

    assertThat(pipeline.alerts())
        .last()
        .satisfies(
            alert -> {
              assertThat(alert.change()).isEqualTo(Change.CHANGED);
              assertThat(alert.value().evidence()).containsExactly("t0", "t1", "t2", "t3", "t4");
            });
    assertThat(pipeline.journeys())
        .last()
        .satisfies(
            journey -> {
              assertThat(journey.value().touchpoints()).isEqualTo(5);
              assertThat(journey.value().lastOutcome()).isEqualTo(Outcome.UNKNOWN);
            });
    pipeline.arrives(null, newer("t1", 0), new RecordHeaders());
    assertThat(pipeline.deadLetters()).isEmpty();
    assertThat(pipeline.customers()).containsExactly(CUSTOMER);
    assertLedgers(pipeline, 6, 5, 1);
  }

  /** A contact with the field {@code mood} and the outcome {@code DELIGHTED}. */
  private static byte[] newer(String id, long after) {
    Schema current = TouchpointCodec.INSTANCE.schema();
    Schema schema =
        new Schema.Parser()
            .parse(
                current
                    .toString()
                    .replace("\"TRANSFERRED\"", "\"TRANSFERRED\",\"DELIGHTED\"")
                    .replace(
                        "{\"name\":\"channel\"",
                        "{\"name\":\"mood\",\"type\":\"int\",\"default\":3},{\"name\":\"channel\""));
    Touchpoint contact = contact(id, after);
    GenericRecord identifier =
        new GenericData.Record(schema.getField("identifiers").schema().getElementType());
    identifier.put("kind", "customer");
    identifier.put("value", "C-1");
    GenericRecord record = new GenericData.Record(schema);
    record.put("id", contact.id());
    record.put("occurredAt", contact.occurredAt());
    record.put("identifiers", List.of(identifier));
    record.put("mood", 5);
    record.put("channel", symbol(schema.getField("channel").schema(), "VOICE"));
    record.put("direction", symbol(schema.getField("direction").schema(), "INBOUND"));
    record.put("type", contact.type());
    record.put(
        "outcome", symbol(schema.getField("outcome").schema().getTypes().get(1), "DELIGHTED"));
    record.put("attributes", Map.of());
    try (FermataAvroSerializer serializer = new FermataAvroSerializer()) {
      serializer.configure(Map.of("schema.registry.url", registryUrl()), false);
      return serializer.serialize(TestPipeline.TOPICS.touchpoints(), record);
    }
  }

  private static GenericData.EnumSymbol symbol(Schema schema, String name) {
    return new GenericData.EnumSymbol(schema, name);
  }
}
