package io.fermata.replay;

import java.io.Closeable;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.LongConsumer;
import java.util.zip.GZIPInputStream;

/** The lines of a file, unpacked where its name ends in {@code .gz}; no line takes all memory. */
final class LineSource implements Closeable {

  /** Longest line that is kept whole, in characters. */
  static final int MAX_LENGTH = 4 * 1024 * 1024;

  private static final int BUFFER = 1 << 16;

  private final Reader reader;
  private final char[] buffer = new char[BUFFER];
  private int from;
  private int to;
  private long line;

  /**
   * @param bytesRead told how many bytes of the file were read
   */
  LineSource(Path file, Charset encoding, LongConsumer bytesRead) throws IOException {
    InputStream bytes = new Counted(Files.newInputStream(file), bytesRead);
    boolean packed = file.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(".gz");
    try {
      InputStream plain = packed ? new GZIPInputStream(bytes, BUFFER) : bytes;
      CharsetDecoder decoder =
          encoding
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPLACE)
              .onUnmappableCharacter(CodingErrorAction.REPLACE)
              .replaceWith(String.valueOf(RawRecord.NOT_DECODED));
      this.reader = new InputStreamReader(plain, decoder);
    } catch (IOException e) {
      bytes.close();
      throw e;
    }
  }

  /** The next line that is not blank, or null at the end. */
  RawRecord next() throws IOException {
    RawRecord next = nextLine();
    while (next != null && next.complete() && next.text().isBlank()) {
      next = nextLine();
    }
    return next;
  }

  /** The next line, or null at the end. */
  RawRecord nextLine() throws IOException {
    StringBuilder pieces = null;
    boolean complete = true;
    while (true) {
      if (from == to && !fill()) {
        return pieces == null ? null : record(pieces.toString(), complete);
      }
      int end = from;
      while (end < to && buffer[end] != '\n') {
        end++;
      }
      boolean ended = end < to;
      if (ended && pieces == null) {
        String text = new String(buffer, from, end - from);
        from = end + 1;
        return record(text, true);
      }
      pieces = pieces == null ? new StringBuilder() : pieces;
      int room = MAX_LENGTH - pieces.length();
      complete &= end - from <= room;
      pieces.append(buffer, from, Math.min(end - from, room));
      from = ended ? end + 1 : end;
      if (ended) {
        return record(pieces.toString(), complete);
      }
    }
  }

  private RawRecord record(String text, boolean complete) {
    line++;
    String content = line == 1 && text.startsWith("\uFEFF") ? text.substring(1) : text;
    return new RawRecord(
        line,
        content.endsWith("\r") ? content.substring(0, content.length() - 1) : content,
        complete);
  }

  private boolean fill() throws IOException {
    from = 0;
    to = Math.max(0, reader.read(buffer, 0, buffer.length));
    return to > 0;
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }

  private static final class Counted extends FilterInputStream {

    private final LongConsumer bytesRead;

    Counted(InputStream in, LongConsumer bytesRead) {
      super(in);
      this.bytesRead = bytesRead;
    }

    @Override
    public int read() throws IOException {
      int b = super.read();
      if (b >= 0) {
        bytesRead.accept(1);
      }
      return b;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int read = super.read(bytes, offset, length);
      if (read > 0) {
        bytesRead.accept(read);
      }
      return read;
    }
  }
}
