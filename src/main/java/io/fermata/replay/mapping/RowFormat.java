package io.fermata.replay.mapping;

import java.nio.charset.Charset;
import java.util.List;

/**
 * How the rows of a file are written.
 *
 * @param kind csv, tsv or jsonl
 * @param header whether the first row names the columns; false for jsonl
 * @param columns the columns' names in order where there is no header; otherwise empty
 * @param quote the quote character, or null when quotes mean nothing
 */
public record RowFormat(
    Kind kind,
    boolean header,
    List<String> columns,
    char separator,
    Character quote,
    Charset encoding) {

  /** The notation of a row. */
  public enum Kind {
    /** Separated values, quotable. */
    CSV,
    /** Tab-separated values without quotes. */
    TSV,
    /** One JSON object a line. */
    JSONL
  }
}
