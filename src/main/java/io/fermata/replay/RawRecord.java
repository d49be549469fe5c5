package io.fermata.replay;

/**
 * One record as it stands in a file.
 *
 * @param line where it begins, from 1
 * @param text without its line end; bytes that are no text in the encoding are {@link #NOT_DECODED}
 * @param complete whether {@code text} is all of it; false beyond {@link LineSource#MAX_LENGTH}
 */
record RawRecord(long line, String text, boolean complete) {

  /** A code point that Unicode keeps free, so that no text holds it by right. */
  static final char NOT_DECODED = '\uFFFF';

  boolean isDecoded() {
    return text.indexOf(NOT_DECODED) < 0;
  }

  /** The text for people to read. */
  String printable() {
    return text.replace(NOT_DECODED, '\uFFFD');
  }
}
