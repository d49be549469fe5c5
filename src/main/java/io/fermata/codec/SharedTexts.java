package io.fermata.codec;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Short texts that come again and again (types, topics, kinds of identifiers), one object each:
 * decoded once, and compared by reference first. Bounded by its slots; a newcomer takes the slot of
 * the text it collides with. Threads share it without a lock: an entry is immutable, so that a race
 * costs a second decoding at most.
 */
final class SharedTexts {

  private static final int SLOTS = 4_096;
  private static final int LONGEST = 40;

  private static final Entry[] ENTRIES = new Entry[SLOTS];

  private SharedTexts() {}

  private static final class Entry {
    private final byte[] bytes;
    private final String text;

    Entry(byte[] bytes, String text) {
      this.bytes = bytes;
      this.text = text;
    }
  }

  static String of(byte[] bytes, int offset, int length) {
    if (length > LONGEST) {
      return new String(bytes, offset, length, StandardCharsets.UTF_8);
    }
    int end = offset + length;
    int hash = length;
    for (int i = offset; i < end; i++) {
      hash = 31 * hash + bytes[i];
    }
    int slot = (hash ^ hash >>> 12) & (SLOTS - 1);
    Entry entry = ENTRIES[slot];
    if (entry != null
        && Arrays.equals(entry.bytes, 0, entry.bytes.length, bytes, offset, end)) {
      return entry.text;
    }
    String text = new String(bytes, offset, length, StandardCharsets.UTF_8);
    ENTRIES[slot] = new Entry(Arrays.copyOfRange(bytes, offset, end), text);
    return text;
  }
}
