package io.fermata.replay;

import io.fermata.codec.TouchpointCodec;
import io.fermata.model.Identifier;
import io.fermata.model.Touchpoint;
import java.util.Map;

/** How many bytes a touchpoint takes as Avro; most need not be encoded to know that they fit. */
final class EncodedSize {

  /** Most bytes of a valid touchpoint. */
  static final int LIMIT = 256 * 1024;

  /** What all fields of fixed or bounded size take together, at most. */
  private static final int BOUNDED_FIELDS = 512;

  /** Most bytes of UTF-8 per UTF-16 code unit, and a bound for the length of each text. */
  private static final int BYTES_PER_CHAR = 3;

  private static final int LENGTH = 5;

  private EncodedSize() {}

  /** The size in bytes where it is over the limit; some number up to the limit where it is not. */
  static int atLeastIfOver(Touchpoint t) {
    long bound = BOUNDED_FIELDS + upperBound(t.id()) + upperBound(t.type());
    for (Identifier identifier : t.identifiers()) {
      bound += upperBound(identifier.kind()) + upperBound(identifier.value());
    }
    bound += upperBound(t.topic()) + upperBound(t.caseId()) + upperBound(t.campaign());
    bound += upperBound(t.agent()) + upperBound(t.segment()) + upperBound(t.timeZone());
    bound += t.score() == null ? 0 : upperBound(t.score().about());
    for (Map.Entry<String, String> attribute : t.attributes().entrySet()) {
      bound += upperBound(attribute.getKey()) + upperBound(attribute.getValue());
    }
    return bound <= LIMIT ? (int) bound : TouchpointCodec.INSTANCE.encode(t).length;
  }

  private static long upperBound(String text) {
    return text == null ? 0 : LENGTH + (long) text.length() * BYTES_PER_CHAR;
  }
}
