package io.fermata.identity;

import io.fermata.journey.Kept.Outcome;
import io.fermata.journey.Stored;
import io.fermata.model.Alert;
import io.fermata.model.Position;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;

/**
 * The touchpoints that are folded at a name: which of several of one id and time counts there, and
 * which went in a circle.
 */
final class Residents {

  private final IdentityStore store;
  private final Neighbours neighbours;

  Residents(IdentityStore store, Neighbours neighbours) {
    this.store = store;
    this.neighbours = neighbours;
  }

  /**
   * Folds what came from other names.
   *
   * @param fresh whether it is folded for the first time
   * @param came how each of the touchpoints came
   */
  void fold(String name, boolean fresh, List<Stored> touchpoints, List<Handover> came) {
    if (touchpoints.isEmpty()) {
      return;
    }
    List<Outcome> outcomes = neighbours.takeIn(name, fresh, touchpoints);
    for (int i = 0; i < came.size(); i++) {
      Handover handover = came.get(i);
      if (outcomes.get(i) == Outcome.FOLDED) {
        store.put(name, handover.foldedAt(name));
      } else if (outcomes.get(i) == Outcome.DUPLICATE) {
        if (store.handover(name, handover.position(), handover.path()) != null) {
          continue; // by the same way as before
        }
        List<Handover> others = here(name, handover.position());
        if (others.isEmpty()) {
          // The one that is there arrived here itself.
          others = List.of(Handover.arrived(name, handover.position()));
          store.put(name, others.get(0));
        }
        join(name, handover.heldAt(name, touchpoints.get(i).bytes()), others);
        if (!fresh) {
          neighbours.merged();
        }
      } else {
        store.delete(name, handover);
        continue;
      }
      if (handover.hasPassed(name)) {
        circled(name, handover.position());
      }
    }
  }

  /**
   * A touchpoint that arrived was a duplicate of one that is folded here. If that one was handed
   * over by another name, it gives way: what arrived under the name itself counts.
   *
   * @param touchpoint makes its bytes
   */
  void arrivedAgain(String name, Position position, Supplier<byte[]> touchpoint) {
    List<Handover> others = here(name, position);
    if (!others.isEmpty() && others.stream().noneMatch(other -> other.path().isEmpty())) {
      join(name, new Handover(position, List.of(), name, touchpoint.get()), others);
    }
  }

  /** All of one id and time that are folded at a name or give way there. */
  List<Handover> here(String name, Position position) {
    List<Handover> here = store.handovers(name, position);
    here.removeIf(handover -> !handover.isAt(name));
    return here;
  }

  /** One more of an id and time comes to where others of them are. */
  private void join(String name, Handover came, List<Handover> others) {
    Handover counting = others.stream().filter(Handover::counts).findFirst().orElse(null);
    if (counting != null && Handover.precedenceAt(name).compare(came, counting) < 0) {
      byte[] replaced = neighbours.replace(name, came.touchpoint());
      if (replaced != null) {
        store.put(name, counting.heldAt(name, replaced));
        store.put(name, came.foldedAt(name));
        return;
      }
    }
    store.put(name, came.heldAt(name, came.touchpoint()));
  }

  /** The one that counted has gone: another that is here takes its place. */
  void succeed(String name, List<Handover> others) {
    Handover next = Collections.min(others, Handover.precedenceAt(name));
    if (neighbours.replace(name, next.touchpoint()) != null) {
      store.put(name, next.foldedAt(name));
    }
  }

  /** A touchpoint came back to a name in a circle, and stays there. */
  private void circled(String name, Position position) {
    neighbours.refused(Refusal.CIRCLE);
    NameRecord record = store.record(name);
    if (record.circled() == null || position.compareTo(record.circled()) < 0) {
      circled(name, record, position);
    }
  }

  private void circled(String name, NameRecord record, Position first) {
    store.put(name, record.withCircled(first));
    SharedIdentifier.publish(neighbours, circle(name, record.circled()), circle(name, first));
  }

  private static Alert circle(String name, Position first) {
    return first == null ? null : SharedIdentifier.circle(name, first);
  }

  /** The first that came back in a circle has gone: another is the first, or there is none. */
  void circleLeft(String name, NameRecord record) {
    Position[] first = {null};
    store.handovers(
        name,
        record.circled().at(),
        Long.MAX_VALUE,
        handover -> {
          if (handover.hasPassed(name) && handover.isAt(name)) {
            first[0] = handover.position();
          }
          return first[0] == null;
        });
    if (!record.circled().equals(first[0])) {
      circled(name, record, first[0]);
    }
  }
}
