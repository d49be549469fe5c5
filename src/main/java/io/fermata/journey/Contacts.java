package io.fermata.journey;

import io.fermata.model.ContactGuidance;
import io.fermata.model.Direction;
import io.fermata.model.Purpose;
import io.fermata.model.Touchpoint;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * The brand's contacts of the last P30D and how many of them lie in each window, by purpose.
 * Bounded as any queue: at most 128 here, the others in sealed segments.
 */
final class Contacts {

  static final int WINDOWS = ContactGuidance.WINDOWS.size();

  private static final Purpose[] PURPOSES = Purpose.values();

  private static final long[] LENGTHS =
      ContactGuidance.WINDOWS.stream().mapToLong(w -> Duration.parse(w).toMillis()).toArray();

  /** An entry's id is its purpose, in one character. */
  private static final String[] CODES =
      Arrays.stream(PURPOSES)
          .map(purpose -> Character.toString('a' + purpose.ordinal()))
          .toArray(String[]::new);

  private final LazyQueue queue;

  /** By purpose and window. */
  private final int[] counts;

  /** How many of all lie in each window. */
  private final int[] inWindow = new int[WINDOWS];

  /** When the next leaves a window, or {@link Cell#NEVER}. */
  private long leavesAt = Cell.NEVER;

  Contacts(Segments segments) {
    this(new LazyQueue(segments), new int[PURPOSES.length * WINDOWS]);
  }

  private Contacts(LazyQueue queue, int[] counts) {
    this.queue = queue;
    this.counts = counts;
  }

  /** Whether a touchpoint is a contact of the brand that has a purpose. */
  static boolean isOne(Touchpoint touchpoint) {
    return touchpoint.direction() == Direction.OUTBOUND && touchpoint.purpose() != null;
  }

  void add(Touchpoint contact) {
    int purpose = contact.purpose().ordinal();
    queue.entries().add(new Entry(contact.occurredAt(), CODES[purpose], null, null, null));
    for (int window = 0; window < WINDOWS; window++) {
      counts[purpose * WINDOWS + window]++;
      inWindow[window]++;
    }
    leavesAt = Math.min(leavesAt, contact.occurredAt() + LENGTHS[0]);
  }

  /** Takes out of each window what is no longer in it. */
  void expire(long now) {
    if (now < leavesAt) {
      return;
    }
    EntryQueue entries = queue.entries();
    leavesAt = Cell.NEVER;
    for (int window = 0; window < WINDOWS; window++) {
      while (inWindow[window] > 0) {
        Entry oldest = entries.get(entries.size() - inWindow[window]);
        long leaves = oldest.at() + LENGTHS[window];
        if (leaves > now) {
          leavesAt = Math.min(leavesAt, leaves);
          break;
        }
        counts[(oldest.id().charAt(0) - 'a') * WINDOWS + window]--;
        inWindow[window]--;
        if (window == WINDOWS - 1) {
          entries.removeFirst();
        }
      }
    }
  }

  long leavesAt() {
    return leavesAt;
  }

  /** By purpose and window, as they stand. */
  int[] counts() {
    return counts.clone();
  }

  /** The view of counts; purposes without a contact left out. */
  static Map<String, Map<String, Integer>> view(int[] counts) {
    Map<String, Map<String, Integer>> pressure = new TreeMap<>();
    for (Purpose purpose : PURPOSES) {
      int first = purpose.ordinal() * WINDOWS;
      if (counts[first + WINDOWS - 1] > 0) {
        Map<String, Integer> windows = new LinkedHashMap<>();
        for (int window = 0; window < WINDOWS; window++) {
          windows.put(ContactGuidance.WINDOWS.get(window), counts[first + window]);
        }
        pressure.put(purpose.name(), windows);
      }
    }
    return pressure;
  }

  void write(ByteWriter out, ByteWriter scratch) {
    Quiet.write(out, leavesAt == Cell.NEVER ? Quiet.NONE : leavesAt);
    int there = 0;
    for (Purpose purpose : PURPOSES) {
      there |= counts[purpose.ordinal() * WINDOWS + WINDOWS - 1] > 0 ? 1 << purpose.ordinal() : 0;
    }
    out.writeCount(there);
    for (int i = 0; i < counts.length; i++) {
      if ((there >> (i / WINDOWS) & 1) != 0) {
        out.writeCount(counts[i]);
      }
    }
    queue.write(out, scratch);
  }

  static Contacts read(ByteReader in, Segments segments) {
    long leavesAt = Quiet.read(in);
    int there = in.readInt();
    int[] counts = new int[PURPOSES.length * WINDOWS];
    int[] inWindow = new int[WINDOWS];
    for (int i = 0; i < counts.length; i++) {
      if ((there >> (i / WINDOWS) & 1) != 0) {
        counts[i] = in.readInt();
        inWindow[i % WINDOWS] += counts[i];
      }
    }
    Contacts contacts = new Contacts(LazyQueue.read(in, segments), counts);
    System.arraycopy(inWindow, 0, contacts.inWindow, 0, WINDOWS);
    contacts.leavesAt = leavesAt == Quiet.NONE ? Cell.NEVER : leavesAt;
    return contacts;
  }
}
