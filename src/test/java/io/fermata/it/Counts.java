package io.fermata.it;

import io.fermata.model.DeadLetterReason;
import io.fermata.topology.Ledger;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
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
          record -> {
            if (new String(record.key(), StandardCharsets.UTF_8).equals(Ledger.KEY)) {
              latest.put(record.partition(), record.value());
            }
          });
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

  /** What a process shows under {@code /metrics}, when it has all tasks. */
  static Counts scrape(URI metrics) throws IOException, InterruptedException {
    String body =
        HttpClient.newHttpClient()
            .send(HttpRequest.newBuilder(metrics).build(), BodyHandlers.ofString())
            .body();
    Map<DeadLetterReason, Long> dead = new HashMap<>();
    for (DeadLetterReason reason : DeadLetterReason.values()) {
      long count = sample(body, "fermata_dead_letters_total{reason=\"" + reason + "\"}");
      if (count > 0) {
        dead.put(reason, count);
      }
    }
    return new Counts(
        sample(body, "fermata_touchpoints_in_total"),
        sample(body, "fermata_touchpoints_folded_total"),
        sample(body, "fermata_touchpoints_duplicates_total"),
        dead);
  }

  private static long sample(String body, String series) {
    return body.lines()
        .filter(line -> line.startsWith(series + " "))
        .mapToLong(line -> (long) Double.parseDouble(line.substring(series.length() + 1)))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no series " + series + " in\n" + body));
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
