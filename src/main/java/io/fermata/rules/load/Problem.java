package io.fermata.rules.load;

/** What is wrong in a file, where, and what was expected. */
public record Problem(Location at, String message) {

  @Override
  public String toString() {
    return at + ": " + message;
  }
}
