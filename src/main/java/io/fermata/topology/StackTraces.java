package io.fermata.topology;

import java.io.PrintWriter;
import java.io.StringWriter;

/** Stack traces short enough for a record header. */
final class StackTraces {

  private static final int MAX_LENGTH = 4096;

  private StackTraces() {}

  static String shortened(Throwable failure) {
    StringWriter text = new StringWriter();
    failure.printStackTrace(new PrintWriter(text));
    String trace = text.toString();
    return trace.length() <= MAX_LENGTH ? trace : trace.substring(0, MAX_LENGTH);
  }
}
