package io.fermata.replay.mapping;

/**
 * Something wrong with a mapping file.
 *
 * @param file the mapping file as it was named
 * @param line from 1
 * @param column from 1
 * @param message what is wrong and what was expected
 */
public record MappingProblem(String file, int line, int column, String message) {

  @Override
  public String toString() {
    return file + ":" + line + ":" + column + ": " + message;
  }
}
