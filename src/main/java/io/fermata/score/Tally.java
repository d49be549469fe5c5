package io.fermata.score;

/** What is added up. Adding commutes, and taking away undoes it to the last bit. */
public interface Tally<T extends Tally<T>> {

  /** Adds another. */
  void add(T other);

  /** Takes another away. */
  void subtract(T other);

  /** Whether it says nothing. */
  boolean isEmpty();
}
