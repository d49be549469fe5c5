package io.fermata.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.fermata.codec.RandomRecords;
import io.fermata.model.Touchpoint;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.Test;

class EncodedSizeTest {

  @Test
  void shouldEqualTheLengthOfAvrosOwnEncoding() throws Exception {
    long seed = 20260301;
    Random random = new Random(seed);
    Schema schema = new Schema.Parser().parse(new File("schemas/Touchpoint.avsc"));
    for (int i = 0; i < 2000; i++) {
      Touchpoint touchpoint = RandomRecords.touchpoint(random);

      assertThat(EncodedSize.of(touchpoint))
          .as("seed %d, touchpoint %d: %s", seed, i, touchpoint)
          .isEqualTo(encode(schema, touchpoint));
    }
  }

  private static int encode(Schema schema, Touchpoint touchpoint) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
    new GenericDatumWriter<>(schema).write(generic(schema, touchpoint), encoder);
    encoder.flush();
    return out.size();
  }

  /** A value of the model as Avro's generic one; field names are the same on both sides. */
  private static Object generic(Schema schema, Object value) throws Exception {
    if (schema.getType() == Schema.Type.UNION) {
      return value == null ? null : generic(notNull(schema), value);
    }
    if (schema.getType() == Schema.Type.ENUM) {
      return new GenericData.EnumSymbol(schema, ((Enum<?>) value).name());
    }
    if (schema.getType() == Schema.Type.ARRAY) {
      Collection<Object> items = new GenericData.Array<>(4, schema);
      for (Object item : (List<?>) value) {
        items.add(generic(schema.getElementType(), item));
      }
      return items;
    }
    if (schema.getType() == Schema.Type.MAP) {
      return new LinkedHashMap<>((Map<?, ?>) value);
    }
    if (schema.getType() != Schema.Type.RECORD) {
      return value;
    }
    GenericData.Record record = new GenericData.Record(schema);
    for (RecordComponent component : value.getClass().getRecordComponents()) {
      record.put(
          component.getName(),
          generic(
              schema.getField(component.getName()).schema(),
              component.getAccessor().invoke(value)));
    }
    return record;
  }

  private static Schema notNull(Schema union) {
    return union.getTypes().stream()
        .filter(type -> type.getType() != Schema.Type.NULL)
        .findFirst()
        .orElseThrow();
  }
}
