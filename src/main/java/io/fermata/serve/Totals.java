package io.fermata.serve;

import io.fermata.model.DeadLetterReason;
import io.fermata.topology.Ledger;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What several ledgers have counted together.
 *
 * @param in touchpoints read
 * @param links links read from their topic
 * @param linked links read that were good
 * @param folded touchpoints that became part of a customer's history
 * @param duplicates touchpoints that were part of it already
 * @param deadLetters by reason; every reason is there
 */
public record Totals(
    long in,
    long links,
    long linked,
    long folded,
    long duplicates,
    Map<DeadLetterReason, Long> deadLetters) {

  /** Without any links. */
  public Totals(long in, long folded, long duplicates, Map<DeadLetterReason, Long> deadLetters) {
    this(in, 0, 0, folded, duplicates, deadLetters);
  }

  public Totals {
    deadLetters = Map.copyOf(deadLetters);
  }

  /** The sums, read so that touchpoints on their way never make {@link #unaccounted} negative. */
  public static Totals of(Collection<Ledger> ledgers) {
    // What a record becomes is read before the records are: the other way round one that is counted
    // in between would be there without having come in.
    List<Ledger> open = List.copyOf(ledgers);
    Map<DeadLetterReason, Long> dead = new EnumMap<>(DeadLetterReason.class);
    for (DeadLetterReason reason : DeadLetterReason.values()) {
      dead.put(reason, open.stream().mapToLong(ledger -> ledger.count(reason)).sum());
    }
    long folded = sum(open, Ledger.Entry.FOLDED);
    long duplicates = sum(open, Ledger.Entry.DUPLICATE);
    long linked = sum(open, Ledger.Identity.LINKED);
    long links = sum(open, Ledger.Identity.LINKS_IN);
    return new Totals(sum(open, Ledger.Entry.IN), links, linked, folded, duplicates, dead);
  }

  private static long sum(List<Ledger> ledgers, Ledger.Entry entry) {
    return ledgers.stream().mapToLong(ledger -> ledger.count(entry)).sum();
  }

  private static long sum(List<Ledger> ledgers, Ledger.Identity entry) {
    return ledgers.stream().mapToLong(ledger -> ledger.count(entry)).sum();
  }

  /** Dead letters of all reasons, links among them. */
  public long dead() {
    return deadLetters.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Touchpoints of which it is known what became of them, and bad links. */
  public long settled() {
    return folded + duplicates + dead();
  }

  /** Touchpoints on their way between the rooms; 0 at rest, by law 7. */
  public long unaccounted() {
    return in + links - linked - settled();
  }
}
