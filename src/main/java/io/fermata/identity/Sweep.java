package io.fermata.identity;

import io.fermata.journey.Stored;
import io.fermata.journey.TouchpointBytes;
import io.fermata.model.Position;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Brings what came to a name to whom it belongs now, a batch at a time. What there is left to do
 * follows from what is stored.
 */
final class Sweep {

  private final TouchpointBytes codec;
  private final IdentityStore store;
  private final Neighbours neighbours;
  private final Residents residents;
  private final int batch;

  /**
   * @param batch touchpoints handled at a time
   */
  Sweep(
      TouchpointBytes codec,
      IdentityStore store,
      Neighbours neighbours,
      Residents residents,
      int batch) {
    this.codec = codec;
    this.store = store;
    this.neighbours = neighbours;
    this.residents = residents;
    this.batch = batch;
  }

  /** What is certain of a name before a sweep: what need not be looked up. */
  enum Past {
    /** All that came to it arrived under it, and is here. */
    UNTOUCHED,
    /** All that came to it is here. */
    ALL_HERE,
    UNKNOWN;

    static Past of(NameRecord record) {
      // A name that stood for itself has nothing elsewhere that would have to come back.
      if (!record.belonging().equals(Belonging.ITSELF) || record.sweeps() > 0) {
        return UNKNOWN;
      }
      return record.linked() || record.receives() ? ALL_HERE : UNTOUCHED;
    }
  }

  /** A batch of what came to a name, {@code from <= t < until}; the rest is told to come later. */
  void sweep(String name, long from, long until, Past past) {
    NameRecord record = store.record(name);
    List<Handover> wrong = new ArrayList<>();
    boolean more = leave(name, record, from, until, past, wrong);
    int[] bytes = {wrong.stream().mapToInt(handover -> handover.touchpoint().length).sum()};
    boolean isAllThatLeft = past != Past.UNKNOWN;
    if (more || isFull(wrong.size(), bytes[0])) {
      // The oldest have to go over first, or each batch would be late for the next name.
      wrong.forEach(handover -> store.put(name, handover));
      wrong.clear();
      bytes[0] = 0;
      isAllThatLeft = false;
    }
    if (more) {
      later(name, from, until);
      return;
    }
    if (!isAllThatLeft) {
      store.handovers(
          name,
          from,
          until,
          handover -> {
            // What is still here cannot be taken out of the journey any more.
            if (!handover.isAt(name) && !handover.at().equals(record.ownerOf(name, handover))) {
              wrong.add(handover);
              bytes[0] += handover.touchpoint().length;
            }
            return !isFull(wrong.size(), bytes[0]);
          });
    }
    handOver(name, record, wrong);
    if (isFull(wrong.size(), bytes[0])) {
      later(name, wrong.get(wrong.size() - 1).position().at(), until);
    }
  }

  /** As {@link #sweep}, in a transaction of its own. */
  void later(String name, long from, long until) {
    NameRecord record = store.record(name);
    store.put(name, record.withSweeps(record.sweeps() + 1));
    neighbours.sweepLater(name, from, until);
  }

  private boolean isFull(int touchpoints, int bytes) {
    return touchpoints >= batch || bytes >= 2 * Batches.BYTES;
  }

  /** Brings touchpoints to whom they belong now. */
  private void handOver(String name, NameRecord record, List<Handover> touchpoints) {
    Batches on = new Batches(neighbours, name, false);
    List<Stored> here = new ArrayList<>();
    List<Handover> folded = new ArrayList<>();
    for (Handover handover : touchpoints) {
      String to = record.ownerOf(name, handover);
      if (!handover.at().equals(Handover.BETWEEN)) {
        on.recall(handover.at(), handover.path(), handover.position());
      }
      if (to.equals(name)) {
        here.add(Stored.of(codec, handover.touchpoint()));
        folded.add(handover);
      } else {
        store.put(name, handover.heldAt(to, handover.touchpoint()));
        on.pass(to, handover.path(), handover.touchpoint());
      }
    }
    residents.fold(name, false, here, folded);
    on.send();
  }

  /**
   * Takes a batch of what belongs elsewhere out of the journey, the newest first: so each batch
   * refolds little. Returns whether there may be more.
   *
   * @param leaving gets what left, between this name and the next
   */
  private boolean leave(
      String name, NameRecord record, long from, long until, Past past, List<Handover> leaving) {
    for (Belonging.Stretch away : awayWithin(record.belonging(), from, until)) {
      // More at once where so many went in a circle and stay: others may be below them.
      for (int limit = batch; limit > 0; limit *= 2) {
        List<Stored> left = neighbours.takeOutNewest(name, away.from(), away.until(), limit);
        List<Stored> staying = leave(name, left, past, leaving);
        if (!staying.isEmpty()) {
          neighbours.takeIn(name, false, staying);
        }
        if (left.size() < limit) {
          break;
        }
        if (left.size() > staying.size()) {
          return true;
        }
      }
    }
    return false;
  }

  /**
   * Touchpoints were taken out of the journey: all that came with the id and time of one leave, but
   * those that went in a circle. The ones that count of these.
   */
  private List<Stored> leave(
      String name, List<Stored> touchpoints, Past past, List<Handover> leaving) {
    if (touchpoints.isEmpty()) {
      return List.of();
    }
    Map<Position, List<Handover>> ways = new HashMap<>();
    // What arrived here itself, and no other, is written down nowhere.
    if (past != Past.UNTOUCHED) {
      store.handovers(
          name,
          touchpoints.get(0).position().at(),
          touchpoints.get(touchpoints.size() - 1).position().at() + 1,
          handover -> {
            if (handover.isAt(name)) {
              ways.computeIfAbsent(handover.position(), any -> new ArrayList<>()).add(handover);
            }
            return true;
          });
    }
    List<Stored> staying = new ArrayList<>();
    for (Stored touchpoint : touchpoints) {
      Position position = touchpoint.position();
      Handover itself = Handover.arrived(name, position);
      List<Handover> came = ways.getOrDefault(position, List.of(itself));
      byte[] stays = leave(name, touchpoint.bytes(), came, leaving);
      if (stays != null) {
        staying.add(Stored.of(codec, stays));
      }
    }
    return staying;
  }

  private byte[] leave(
      String name, byte[] touchpoint, List<Handover> ways, List<Handover> leaving) {
    List<Handover> staying = new ArrayList<>();
    for (Handover way : ways) {
      Handover held = way.counts() ? way.heldAt(name, touchpoint) : way;
      if (way.hasPassed(name)) {
        staying.add(held);
      } else {
        leaving.add(held.heldAt(Handover.BETWEEN, held.touchpoint()));
      }
    }
    for (int i = Math.max(1, staying.size()); i < ways.size(); i++) {
      neighbours.parted();
    }
    if (staying.isEmpty()) {
      return null;
    }
    Handover counts = Collections.min(staying, Handover.precedenceAt(name));
    for (Handover one : staying) {
      store.put(name, one == counts ? one.foldedAt(name) : one);
    }
    return counts.touchpoint();
  }

  private static List<Belonging.Stretch> awayWithin(Belonging belonging, long from, long until) {
    List<Belonging.Stretch> away = new ArrayList<>();
    for (Belonging.Stretch stretch : belonging.differences(Belonging.ITSELF)) {
      long begin = Math.max(from, stretch.from());
      long end = Math.min(until, stretch.until());
      if (begin < end) {
        away.add(new Belonging.Stretch(begin, end));
      }
    }
    return away;
  }
}
