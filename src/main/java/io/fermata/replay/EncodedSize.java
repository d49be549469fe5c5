package io.fermata.replay;

import io.fermata.model.Identifier;
import io.fermata.model.Score;
import io.fermata.model.Touchpoint;
import java.util.Map;

/**
 * How many bytes a touchpoint takes as Avro, without encoding it: text is its length as a variable
 * length number and its UTF-8, every nullable field has one byte that says whether it is there.
 */
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
    return bound <= LIMIT ? (int) bound : of(t);
  }

  /** The exact size in bytes. */
  static int of(Touchpoint t) {
    long size = text(t.id()) + number(t.occurredAt()) + text(t.type());
    size += number(t.identifiers().size()) + (t.identifiers().isEmpty() ? 0 : 1);
    for (Identifier identifier : t.identifiers()) {
      size += text(identifier.kind()) + text(identifier.value());
    }
    size += 2; // channel and direction
    size += nullable(t.purpose()) + nullable(t.area()) + nullable(t.handledBy());
    size += nullable(t.outcome()) + nullable(t.customerTier());
    size += nullable(t.topic()) + nullable(t.caseId()) + nullable(t.campaign());
    size += nullable(t.agent()) + nullable(t.segment()) + nullable(t.timeZone());
    size += nullable(t.waitSeconds()) + nullable(t.handleSeconds()) + nullable(t.transfers());
    size += nullable(t.sentiment()) + nullable(t.cost()) + nullable(t.dueAt());
    size += 1 + score(t.score());
    size += number(t.attributes().size()) + (t.attributes().isEmpty() ? 0 : 1);
    for (Map.Entry<String, String> attribute : t.attributes().entrySet()) {
      size += text(attribute.getKey()) + text(attribute.getValue());
    }
    return (int) Math.min(size, Integer.MAX_VALUE);
  }

  private static long score(Score score) {
    return score == null ? 0 : 1 + 3 * Double.BYTES + nullable(score.about());
  }

  private static long nullable(Object value) {
    if (value == null) {
      return 1;
    }
    if (value instanceof String text) {
      return 1 + text(text);
    }
    if (value instanceof Double) {
      return 1 + Double.BYTES;
    }
    return 1 + (value instanceof Number whole ? number(whole.longValue()) : 1);
  }

  private static long text(String text) {
    long bytes = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      // Each half of a surrogate pair stands for two of its four bytes.
      bytes += c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
    }
    return number(bytes) + bytes;
  }

  /** Avro's zigzag number: seven bits a byte. */
  private static int number(long value) {
    long zigzag = (value << 1) ^ (value >> 63);
    return Math.max(1, (Long.SIZE - Long.numberOfLeadingZeros(zigzag) + 6) / 7);
  }

  private static long upperBound(String text) {
    return text == null ? 0 : LENGTH + (long) text.length() * BYTES_PER_CHAR;
  }
}
