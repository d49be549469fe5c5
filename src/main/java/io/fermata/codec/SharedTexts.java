package io.fermata.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Short texts that come again and again (types, topics, kinds of identifiers), one object each: a
 * decoded touchpoint allocates half as many bytes. Bounded by its slots; a newcomer takes the slot
 * of the text it collides with. Threads share it without a lock: an entry is immutable, so that a
 * race costs a second decoding at most.
 */
final class SharedTexts {

  private static final int SLOT_BITS = 12;
  private static final int LONGEST = 40;

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final Entry[] ENTRIES = new Entry[1 << SLOT_BITS];

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
    int slot = slot(bytes, offset, length);
    Entry entry = ENTRIES[slot];
    if (entry != null && Arrays.equals(entry.bytes, 0, entry.bytes.length, bytes, offset, end)) {
      return entry.text;
    }
    String text = new String(bytes, offset, length, StandardCharsets.UTF_8);
    ENTRIES[slot] = new Entry(Arrays.copyOfRange(bytes, offset, end), text);
    return text;
  }

  /** Of the ends alone: texts that differ only in the middle are few, and merely collide. */
  private static int slot(byte[] bytes, int offset, int length) {
    long mixed = length;
    if (length >= Long.BYTES) {
      long head = (long) LONG.get(bytes, offset);
      long tail = (long) LONG.get(bytes, offset + length - Long.BYTES);
      mixed += (head * 0x9E3779B97F4A7C15L) + tail;
    } else {
      for (int i = offset; i < offset + length; i++) {
        mixed = 31 * mixed + bytes[i];
      }
    }
    return (int) ((mixed * 0xD6E8FEB86659FD93L) >>> (Long.SIZE - SLOT_BITS));
  }
}
