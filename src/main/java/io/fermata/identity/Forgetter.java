package io.fermata.identity;

import io.fermata.identity.Belonging.Piece;
import io.fermata.model.Position;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Erases names. A name that is erased tells those that are tied to it: the one name it belonged to
 * is erased too, and of every name it has met what ties that one to it, or all of it if it belonged
 * to nobody else. What a name has shared with others stays theirs. Everything is deleted before
 * anybody is told, so a circle of names comes to an end: told again, a name has nothing left to
 * tell.
 */
final class Forgetter {

  private final IdentitySettings settings;
  private final IdentityStore store;
  private final Neighbours neighbours;

  Forgetter(IdentitySettings settings, IdentityStore store, Neighbours neighbours) {
    this.settings = settings;
    this.store = store;
    this.neighbours = neighbours;
  }

  /** Erases a name, as was asked for or since the one name that belonged to it was. */
  void erase(String name) {
    List<Link> counting = counting(name);
    Belonging belonging = store.record(name).belonging();
    Set<String> tied = forget(name);
    if (!counting.isEmpty() && belonging.isAlways(counting.get(0).to())) {
      String owner = counting.get(0).to();
      tied.remove(owner);
      neighbours.erase(owner, null);
    }
    tellGone(name, tied);
  }

  /** The links that say whom a name belongs to. */
  private List<Link> counting(String name) {
    return settings.mayBelongToAnother(name) ? store.links(name).united() : List.of();
  }

  /**
   * A name has been erased that this one has met or belonged to. What the links that are left come
   * to is for the caller to see.
   */
  void gone(String name, String gone) {
    store.unmeet(name, gone);
    List<Link> counting = counting(name);
    if (!counting.isEmpty() && counting.stream().allMatch(link -> link.to().equals(gone))) {
      Set<String> tied = forget(name);
      tied.remove(gone);
      tellGone(name, tied);
      return;
    }
    NameRecord record = store.record(name);
    Link refused = record.refused();
    if (settings.isPlaceholder(name) && refused != null && refused.to().equals(gone)) {
      // The alert about it says nothing of the other name, and stays as it is.
      store.put(name, record.withRefused(new Link(name, name, refused.at(), refused.id())));
    }
    forgetWhatBelongedTo(gone, name, record);
    IdentityStore.Links links = store.links(name);
    links.made().stream().filter(link -> link.to().equals(gone)).forEach(store::delete);
    links.said().stream().filter(said -> said.link().to().equals(gone)).forEach(store::delete);
  }

  /** Deletes all there is of a name; returns the names it has met or was linked to. */
  private Set<String> forget(String name) {
    Set<String> tied = new LinkedHashSet<>(store.met(name));
    IdentityStore.Links links = store.links(name);
    links.made().forEach(link -> tied.add(link.to()));
    links.said().forEach(said -> tied.add(said.link().to()));
    List<Handover> handovers = new ArrayList<>();
    store.handovers(name, Long.MIN_VALUE, Long.MAX_VALUE, handovers::add);
    store.deleteAll(name);
    neighbours.forget(name);
    recall(name, handovers);
    return tied;
  }

  private void tellGone(String name, Set<String> others) {
    others.remove(name);
    others.forEach(other -> neighbours.erase(other, name));
  }

  /** The touchpoints that came by way of a name while it belonged to the one that is gone. */
  private void forgetWhatBelongedTo(String gone, String name, NameRecord record) {
    List<Handover> handovers = new ArrayList<>();
    List<Piece> pieces = record.belonging().pieces();
    for (int i = 0; i < pieces.size(); i++) {
      if (!gone.equals(pieces.get(i).to())) {
        continue;
      }
      long from = pieces.get(i).from();
      long until = i + 1 < pieces.size() ? pieces.get(i + 1).from() : Long.MAX_VALUE;
      store.handovers(name, from, until, handovers::add);
      // What was on its way out when the name was cut off.
      while (!neighbours.takeOutNewest(name, from, until, Stitcher.BATCH).isEmpty()) {
        continue;
      }
    }
    forget(name, handovers);
  }

  /** What a name has handed over is forgotten where it was, and so here and where it came from. */
  void dropped(String name, List<String> path, List<Position> positions) {
    List<Handover> handovers = new ArrayList<>();
    for (Position position : positions) {
      Handover handover = store.handover(name, position, path);
      // What has come back here in the meantime does not belong to whom it was handed any more.
      if (handover != null && !handover.isAt(name)) {
        handovers.add(handover);
      }
    }
    forget(name, handovers);
  }

  private void forget(String name, List<Handover> handovers) {
    handovers.forEach(handover -> store.delete(name, handover));
    recall(name, handovers);
    Ways back = new Ways(neighbours::drop);
    for (Handover handover : handovers) {
      List<String> path = handover.path();
      if (!path.isEmpty()) {
        int last = path.size() - 1;
        back.add(path.get(last), path.subList(0, last), handover.position());
      }
    }
    back.send();
  }

  /**
   * Takes back what a name has handed over: where the other name is erased as well, that may still
   * be on its way there.
   */
  private void recall(String name, List<Handover> handovers) {
    Ways ways = new Ways(neighbours::recall);
    for (Handover handover : handovers) {
      if (handover.at().equals(name) || handover.at().equals(Handover.BETWEEN)) {
        continue;
      }
      List<String> path = new ArrayList<>(handover.path());
      path.add(name);
      ways.add(handover.at(), path, handover.position());
    }
    ways.send();
  }

  /** A message about touchpoints that came by one way. */
  @FunctionalInterface
  private interface Message {
    void send(String to, List<String> path, List<Position> positions);
  }

  /** Messages of a batch of touchpoints at most. */
  private static final class Ways {

    private record Way(String to, List<String> path) {}

    private final Map<Way, List<Position>> waiting = new LinkedHashMap<>();
    private final Message message;

    Ways(Message message) {
      this.message = message;
    }

    void add(String to, List<String> path, Position position) {
      Way way = new Way(to, path);
      List<Position> positions = waiting.computeIfAbsent(way, any -> new ArrayList<>());
      positions.add(position);
      if (positions.size() == Stitcher.BATCH) {
        waiting.remove(way);
        message.send(to, path, positions);
      }
    }

    void send() {
      waiting.forEach((way, positions) -> message.send(way.to, way.path, positions));
    }
  }
}
