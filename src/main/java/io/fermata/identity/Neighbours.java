package io.fermata.identity;

import io.fermata.journey.Kept;
import io.fermata.journey.Stored;
import io.fermata.model.Alert;
import io.fermata.model.Change;
import io.fermata.model.Position;
import java.util.Collection;
import java.util.List;

/**
 * What a {@link Stitcher} asks of the world: messages to the keys of other names, which arrive in
 * order between any two names, and changes of the journey kept under its own key.
 *
 * <p>A path is the names a touchpoint has come by, its own strongest identifier first.
 */
public interface Neighbours {

  /**
   * Hands touchpoints over to another name.
   *
   * @param path up to and including the name that hands over
   * @param fresh whether they have never been folded anywhere
   * @param touchpoints bytes of each as history keeps them, in order
   */
  void pass(String to, List<String> path, boolean fresh, List<byte[]> touchpoints);

  /** Takes back what was handed over to another name with that path. */
  void recall(String to, List<String> path, List<Position> positions);

  /** Has {@link Stitcher#sweep} called again later with these. */
  void sweepLater(String name, long from, long until);

  /**
   * Folds touchpoints under a name.
   *
   * @return what each was; null for one that could not be folded
   */
  List<Kept.Outcome> takeIn(String name, boolean fresh, List<Stored> touchpoints);

  /** Takes touchpoints out of the journey of a name, those of them that are there. */
  void takeOut(String name, Collection<Position> positions);

  /** Takes the newest touchpoints with {@code from <= t < until} out; they, in order. */
  List<Stored> takeOutNewest(String name, long from, long until, int limit);

  /**
   * Has a name erased, or lets it know that another has been.
   *
   * @param gone null where {@code to} itself is to be erased, see {@link Stitcher#erase}; otherwise
   *     the name that has been, see {@link Stitcher#gone}
   */
  void erase(String to, String gone);

  /** Has touchpoints forgotten at the name that handed them over, see {@link Stitcher#dropped}. */
  void drop(String to, List<String> path, List<Position> positions);

  /** Deletes the journey of a name, and takes back all that is published of it. */
  void forget(String name);

  /**
   * Puts a touchpoint into the journey of a name in place of the one of the same id and time.
   *
   * @return the bytes of that one, or null where it cannot be taken out any more
   */
  byte[] replace(String name, byte[] touchpoint);

  /** Something linked nothing. */
  void refused(Refusal reason);

  /** A touchpoint that was never folded is one that had come the same way before. */
  void duplicate();

  /** A touchpoint that was folded gives way to another of the same id and time. */
  void merged();

  /** One of several touchpoints of the same id and time went away from the others. */
  void parted();

  /**
   * Publishes an alert of the built-in rule.
   *
   * @param was what it was where it has changed, otherwise null
   */
  void alert(Change change, Alert was, Alert alert);
}
