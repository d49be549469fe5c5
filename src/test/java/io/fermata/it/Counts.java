package io.fermata.it;

import io.fermata.model.DeadLetterReason;
import io.fermata.topology.Ledger;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;

/**
 * What all tasks together have counted, read from the changelogs of their ledgers: what the metrics
 * of a process that starts now would show.
 */
record Counts(long in, long folded, long duplicates, Map<DeadLetterReason, Long> dead) {

  private static final int ENTRIES = Ledger.Entry.values().length;

  static Counts read(CommittedTopics topics, String applicationId) {
    long[] sums = new long[ENTRIES + DeadLetterReason.values().length];
    for (String ledger : new String[] {"route-ledger", "journey-ledger"}) {
      Map<Integer, byte[]> latest = new HashMap<>();
      topics.read(
          applicationId + "-" + ledger + "-changelog",
          record -> latest.put(record.partition(), record.value()));
      for (byte[] counts : latest.values()) {
        ByteBuffer buffer = ByteBuffer.wrap(counts);
        for (int i = 0; i < sums.length; i++) {
          sums[i] += buffer.getLong();
        }
      }
    }
    Map<DeadLetterReason, Long> dead = new HashMap<>();
    for (DeadLetterReason reason : DeadLetterReason.values()) {
      long count = sums[ENTRIES + reason.ordinal()];
      if (count > 0) {
        dead.put(reason, count);
      }
    }
    return new Counts(
        sums[Ledger.Entry.IN.ordinal()],
        sums[Ledger.Entry.FOLDED.ordinal()],
        sums[Ledger.Entry.DUPLICATE.ordinal()],
        dead);
  }

  /** What law 7 asks for after this input. */
  static Counts expected(Workload workload) {
    Map<DeadLetterReason, Long> dead = new HashMap<>();
    for (int i = 0; i < workload.size(); i++) {
      if (workload.input(i).reason() != null) {
        dead.merge(workload.input(i).reason(), 1L, Long::sum);
      }
    }
    return new Counts(
        workload.size(),
        workload.size() - workload.duplicates() - workload.dead(),
        workload.duplicates(),
        dead);
  }
}
