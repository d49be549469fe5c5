package io.fermata.journey;

import io.fermata.model.Touchpoint;
import io.fermata.rules.CompiledKind;
import io.fermata.rules.CountWindow;
import java.util.List;

/** The matches of a count rule that count now, for one group. */
sealed interface Matches permits RollingMatches, CalendarMatches {

  /** n: how many, or how many distinct values among them. */
  int size();

  /**
   * Adds the newest of them.
   *
   * @param value the distinct value; null when the rule has no {@code distinct}
   */
  void add(Touchpoint match, String value);

  /** Takes out those that no longer count at {@code now}. */
  void expire(long now);

  /** When n falls below {@code atLeast} if nothing more comes; n must not be below it now. */
  long fallsBelow(int atLeast);

  /**
   * From when on one more match leaves n below {@code atLeast}: {@code now} where it does already.
   *
   * @param atLeast at least 2
   * @param value the further match's distinct value; null without {@code distinct}
   */
  long roomAt(long now, int atLeast, String value);

  /** When the last of them no longer counts; {@link Quiet#NONE} when there is none. */
  long countUntil();

  /** Ids of the newest, in order: {@code count} of them, or as many as evidence can hold. */
  List<String> newest(int count);

  /** Forgets all. */
  void clear();

  void write(ByteWriter out);

  static Matches of(CompiledKind.Count kind, Segments segments) {
    return kind.within() instanceof CountWindow.Rolling rolling
        ? new RollingMatches(new EntryQueue(segments), rolling.millis(), kind.distinct() != null)
        : new CalendarMatches((CountWindow.Calendar) kind.within(), kind.distinct() != null);
  }

  static Matches read(ByteReader in, CompiledKind.Count kind, Segments segments) {
    return kind.within() instanceof CountWindow.Rolling rolling
        ? RollingMatches.read(in, segments, rolling.millis(), kind.distinct() != null)
        : CalendarMatches.read(in, (CountWindow.Calendar) kind.within(), kind.distinct() != null);
  }
}
