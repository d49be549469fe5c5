package io.fermata.topology;

import io.fermata.journey.JourneyKeeper;
import java.util.ArrayDeque;
import java.util.Deque;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/** Goes once through all records of a task for those that were folded under other rules. */
final class Behind {

  /** Records looked at before others have their turn again. */
  private static final int BATCH = 1000;

  private final KeyValueStore<Bytes, byte[]> roots;
  private final JourneyKeeper keeper;
  private final Deque<Bytes> found = new ArrayDeque<>();
  private Bytes last;
  private boolean atEnd;

  Behind(KeyValueStore<Bytes, byte[]> roots, JourneyKeeper keeper) {
    this.roots = roots;
    this.keeper = keeper;
  }

  /** Whether all have been found and taken. */
  boolean isThrough() {
    return atEnd && found.isEmpty();
  }

  /** The next customer, or null: none among those looked at by now. */
  Bytes next() {
    if (found.isEmpty() && !atEnd) {
      look();
    }
    return found.poll();
  }

  private void look() {
    int looked = 0;
    try (KeyValueIterator<Bytes, byte[]> entries = roots.range(last, null)) {
      while (looked < BATCH && entries.hasNext()) {
        KeyValue<Bytes, byte[]> entry = entries.next();
        if (entry.key.equals(last)) {
          continue;
        }
        last = entry.key;
        looked++;
        if (keeper.isBehind(entry.value)) {
          found.add(entry.key);
        }
      }
      atEnd = !entries.hasNext();
    }
  }
}
