package io.fermata.identity;

import io.fermata.model.Position;
import java.util.Comparator;
import java.util.List;

/**
 * A touchpoint that came to a name, or went on from it, and by which way.
 *
 * @param path the names it came by before this one; empty for one that arrived here
 * @param at where it is now: the name it was handed to, this name itself when it is folded here, or
 *     empty while it is between the two
 * @param touchpoint its bytes; empty while it is folded here, where history has them. One that is
 *     here with its bytes gives way to another of the same id and time.
 */
record Handover(Position position, List<String> path, String at, byte[] touchpoint) {

  private static final byte[] NO_BYTES = {};

  static final String BETWEEN = "";

  /** One that arrived under a name itself and is folded there. */
  static Handover arrived(String name, Position position) {
    return new Handover(position, List.of(), name, NO_BYTES);
  }

  Handover foldedAt(String name) {
    return new Handover(position, path, name, NO_BYTES);
  }

  Handover heldAt(String to, byte[] bytes) {
    return new Handover(position, path, to, bytes);
  }

  /** Whether it is folded at a name, or gives way there to another. */
  boolean isAt(String name) {
    return at.equals(name);
  }

  /** Whether it is what history has where it is now. */
  boolean counts() {
    return touchpoint.length == 0;
  }

  /**
   * Which of several of one id and time counts at a name: the name's own, else that of the least
   * name.
   */
  static Comparator<Handover> precedenceAt(String name) {
    return Comparator.comparing((Handover handover) -> !handover.arrivedAs(name).equals(name))
        .thenComparing(handover -> handover.arrivedAs(name));
  }

  private String arrivedAs(String name) {
    return path.isEmpty() ? name : path.get(0);
  }

  /** Whether it went in a circle: it has been at a name before. */
  boolean hasPassed(String name) {
    return path.contains(name);
  }
}
