package io.fermata.journey;

import io.fermata.rules.Rule;

/** {@code quietFor}: the time until which a rule raises nothing for a subject. */
final class Quiet {

  /** No raise yet, or a rule without {@code quietFor}. */
  static final long NONE = Long.MIN_VALUE;

  private Quiet() {}

  /** The end of the quiet time (exclusive) that a raise at {@code at} begins. */
  static long after(Rule rule, long at) {
    return rule.quietForMillis() == null ? NONE : at + rule.quietForMillis();
  }

  static void write(ByteWriter out, long until) {
    if (until == NONE) {
      out.writeByte(0);
    } else {
      out.writeByte(1);
      out.writeSigned(until);
    }
  }

  static long read(ByteReader in) {
    return in.readByte() == 0 ? NONE : in.readSigned();
  }
}
