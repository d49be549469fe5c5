package io.fermata.oracle;

import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * One raise of a rule, as far as the clock has come.
 *
 * @param group the values of {@code per} or {@code same}
 * @param place where in the order it was raised
 * @param anchor what its id derives from, and its cause
 * @param until when it ceased to hold, or null
 * @param measure as it stands now
 * @param firstMeasure as it stood when it was raised
 * @param evidence all of it, in order
 */
record Raise(
    OracleRule rule,
    List<Object> group,
    Place place,
    Item anchor,
    long at,
    Long until,
    double measure,
    double firstMeasure,
    List<Item> evidence) {

  /** The values joined with {@code |}, a null written as nothing. */
  String subject() {
    return group.stream()
        .map(value -> Objects.toString(value, ""))
        .collect(Collectors.joining("|"));
  }
}
