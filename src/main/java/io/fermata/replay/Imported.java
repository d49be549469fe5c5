package io.fermata.replay;

import io.fermata.model.DeadLetterReason;
import io.fermata.model.IdentityLink;
import io.fermata.model.Touchpoint;

/** What became of one record of an input file. */
public sealed interface Imported {

  /**
   * A valid touchpoint.
   *
   * @param file as it was named
   * @param line where the record begins, from 1
   */
  record Valid(Touchpoint touchpoint, String file, long line) implements Imported {}

  /** A valid link between two names. */
  record Linked(IdentityLink link, String file, long line) implements Imported {}

  /** A record that the mapping leaves out. */
  record Skipped(String file, long line) implements Imported {}

  /**
   * A record that is not folded.
   *
   * @param detail every reason
   * @param file null where the record does not come from a file
   * @param line where the record begins, from 1; 0 without a file
   * @param original its text, at most {@link #MAX_ORIGINAL} characters of it
   */
  record DeadLetter(DeadLetterReason reason, String detail, String file, long line, String original)
      implements Imported {

    /** Most characters kept of a record. */
    public static final int MAX_ORIGINAL = 256 * 1024;

    public DeadLetter {
      original = original.length() > MAX_ORIGINAL ? original.substring(0, MAX_ORIGINAL) : original;
    }
  }
}
