package io.fermata.model;

/** What a published record says about a view; the record header {@code change}. */
public enum Change {
  RAISED,
  CHANGED,
  ENDED,
  RETRACTED
}
