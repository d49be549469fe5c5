package io.fermata.it;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import org.apache.avro.Schema;

/** Touchpoints as a producer with a newer schema writes them: one more field, at the end, null. */
final class ForeignTouchpoints {

  private static final ObjectMapper JSON = new ObjectMapper();

  private ForeignTouchpoints() {}

  static Schema schema() throws IOException {
    ObjectNode schema = (ObjectNode) JSON.readTree(Path.of("schemas", "Touchpoint.avsc").toFile());
    ObjectNode field = ((ArrayNode) schema.get("fields")).addObject();
    field.put("name", "aFieldOfTheFuture").putNull("default");
    field.putArray("type").add("null").add("string");
    return new Schema.Parser().parse(schema.toString());
  }

  /** The same touchpoint, framed under {@code schemaId}. */
  static byte[] of(byte[] framed, int schemaId) {
    byte[] foreign = Arrays.copyOf(framed, framed.length + 1);
    ByteBuffer.wrap(foreign).putInt(1, schemaId);
    return foreign;
  }
}
