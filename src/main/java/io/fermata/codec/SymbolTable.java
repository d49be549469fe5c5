package io.fermata.codec;

import java.util.List;
import org.apache.avro.Schema;

/** An enum of the model beside its Avro schema: constants by symbol index, and back. */
@SuppressWarnings("EnumOrdinal") // An index into arrays made from the same enum, never kept.
final class SymbolTable<E extends Enum<E>> {

  private final String name;
  private final E[] constants;
  private final int[] indexes;

  private SymbolTable(String name, E[] constants, int[] indexes) {
    this.name = name;
    this.constants = constants;
    this.indexes = indexes;
  }

  /**
   * @param record the schema of a record, one of whose fields (nullable or not, or an array) is an
   *     enum with exactly the constants of {@code type}
   */
  static <E extends Enum<E>> SymbolTable<E> of(Class<E> type, Schema record, String field) {
    List<String> symbols = enumOf(record.getField(field).schema()).getEnumSymbols();
    E[] constants = type.getEnumConstants().clone();
    int[] indexes = new int[constants.length];
    if (symbols.size() != constants.length) {
      throw new IllegalStateException(field + " has symbols " + symbols + " unlike " + type);
    }
    for (int i = 0; i < constants.length; i++) {
      constants[i] = Enum.valueOf(type, symbols.get(i));
      indexes[constants[i].ordinal()] = i;
    }
    return new SymbolTable<>("symbol of " + field, constants, indexes);
  }

  E read(AvroInput in) {
    return constants[in.readIndex(constants.length, name)];
  }

  E readNullable(AvroInput in) {
    return in.readPresence() ? read(in) : null;
  }

  void write(AvroOutput out, E constant) {
    out.writeInt(indexes[AvroOutput.required(name, constant).ordinal()]);
  }

  void writeNullable(AvroOutput out, E constant) {
    if (out.writePresence(constant)) {
      write(out, constant);
    }
  }

  private static Schema enumOf(Schema schema) {
    return switch (schema.getType()) {
      case UNION -> enumOf(schema.getTypes().get(1));
      case ARRAY -> enumOf(schema.getElementType());
      default -> schema;
    };
  }
}
