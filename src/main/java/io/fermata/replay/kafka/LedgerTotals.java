package io.fermata.replay.kafka;

import io.fermata.model.Alert;
import io.fermata.model.Change;
import io.fermata.topology.Ledger;
import io.fermata.topology.PipelineListener;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ToLongFunction;

/** Sums what all rooms count, over the tasks that are open. */
final class LedgerTotals implements PipelineListener {

  private final Set<Ledger> open = ConcurrentHashMap.newKeySet();
  private final AtomicLong alerts = new AtomicLong();

  @Override
  public void opened(Ledger ledger) {
    open.add(ledger);
  }

  @Override
  public void closed(Ledger ledger) {
    open.remove(ledger);
  }

  @Override
  public void alert(Change change, Alert alert) {
    alerts.incrementAndGet();
  }

  long count(Ledger.Entry entry) {
    return sum(ledger -> ledger.count(entry));
  }

  long count(Ledger.Identity entry) {
    return sum(ledger -> ledger.count(entry));
  }

  long deadLetters() {
    return sum(Ledger::deadLetters);
  }

  /** A number that changes while the rooms work, also within a transaction. */
  long activity() {
    return alerts.get()
        + count(Ledger.Entry.IN)
        + count(Ledger.Entry.FOLDED)
        + count(Ledger.Entry.DUPLICATE)
        + count(Ledger.Identity.TAKEN)
        + count(Ledger.Identity.LINKS_IN)
        + deadLetters();
  }

  private long sum(ToLongFunction<Ledger> count) {
    return open.stream().mapToLong(count).sum();
  }
}
