package io.fermata.replay;

import io.fermata.replay.mapping.RowFormat;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Splits separated values into records. A quoted field may go on over several lines; a quote that
 * is not closed within {@link #MAX_LINES} lines makes one bad record of its line, not of the rest
 * of the file.
 */
final class CsvRecords implements RecordSource {

  /** Most lines of one record. */
  static final int MAX_LINES = 100;

  private final LineSource lines;
  private final char separator;
  private final Character quote;
  private final Deque<RawRecord> ahead = new ArrayDeque<>();

  CsvRecords(LineSource lines, RowFormat format) {
    this.lines = lines;
    this.separator = format.separator();
    this.quote = format.quote();
  }

  @Override
  public RawRecord next() throws IOException {
    RawRecord first = nextLine();
    while (first != null && first.text().isBlank() && first.text().indexOf(separator) < 0) {
      first = nextLine();
    }
    return first == null || quote == null || !first.complete() || !isOpenAfter(first.text(), false)
        ? first
        : withFollowingLines(first);
  }

  private RawRecord withFollowingLines(RawRecord first) throws IOException {
    StringBuilder text = new StringBuilder(first.text());
    List<RawRecord> following = new ArrayList<>();
    boolean open = true;
    while (open && following.size() + 1 < MAX_LINES && text.length() < LineSource.MAX_LENGTH) {
      RawRecord next = nextLine();
      if (next == null) {
        break;
      }
      following.add(next);
      text.append('\n').append(next.text());
      open = isOpenAfter(next.text(), true);
    }
    if (open) {
      for (int i = following.size() - 1; i >= 0; i--) {
        ahead.addFirst(following.get(i));
      }
      return first;
    }
    boolean complete = following.stream().allMatch(RawRecord::complete);
    return new RawRecord(first.line(), text.toString(), complete);
  }

  private RawRecord nextLine() throws IOException {
    RawRecord kept = ahead.pollFirst();
    return kept != null ? kept : lines.nextLine();
  }

  /** Whether a line ends inside quotes. A quote opens only where a field begins. */
  private boolean isOpenAfter(String line, boolean open) {
    boolean inside = open;
    boolean fieldBegins = !open;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (inside) {
        if (c == quote) {
          if (i + 1 < line.length() && line.charAt(i + 1) == quote) {
            i++;
          } else {
            inside = false;
          }
        }
      } else if (c == separator) {
        fieldBegins = true;
      } else {
        inside = fieldBegins && c == quote;
        fieldBegins = false;
      }
    }
    return inside;
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}
