package io.fermata.codec;

import java.lang.reflect.RecordComponent;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;

/**
 * Model records as Avro's generic ones, by name of field: the reading the codecs are held against.
 */
final class GenericRecords {

  private GenericRecords() {}

  static GenericData.Record of(Record value, Schema schema) {
    GenericData.Record record = new GenericData.Record(schema);
    for (Schema.Field field : schema.getFields()) {
      record.put(field.pos(), generic(component(value, field.name()), field.schema()));
    }
    return record;
  }

  private static Object generic(Object value, Schema schema) {
    return switch (schema.getType()) {
      case UNION ->
          value == null || value instanceof Map<?, ?> map && map.isEmpty()
              ? null
              : generic(value, schema.getTypes().get(1));
      case RECORD -> of((Record) value, schema);
      case ENUM -> new GenericData.EnumSymbol(schema, value.toString());
      case ARRAY -> {
        List<Object> list = new ArrayList<>();
        ((List<?>) value).forEach(element -> list.add(generic(element, schema.getElementType())));
        yield list;
      }
      case MAP -> {
        Map<String, Object> map = new LinkedHashMap<>();
        ((Map<?, ?>) value)
            .forEach(
                (key, element) -> map.put((String) key, generic(element, schema.getValueType())));
        yield map;
      }
      case BYTES -> ByteBuffer.class.cast(value);
      default -> value;
    };
  }

  private static Object component(Record value, String name) {
    for (RecordComponent component : value.getClass().getRecordComponents()) {
      if (component.getName().equals(name)) {
        try {
          component.getAccessor().setAccessible(true);
          return component.getAccessor().invoke(value);
        } catch (ReflectiveOperationException e) {
          throw new AssertionError(name + " of " + value.getClass(), e);
        }
      }
    }
    throw new AssertionError(value.getClass() + " has no " + name);
  }
}
