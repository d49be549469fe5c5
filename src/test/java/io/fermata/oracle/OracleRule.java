package io.fermata.oracle;

import io.fermata.rules.Rule;
import java.util.ArrayList;
import java.util.List;

/** A rule as written, with what its expressions mean. */
record OracleRule(Rule rule, Meaning meaning) {

  String id() {
    return rule.id();
  }

  /** The items that match a condition; none where the rule leaves it out. */
  List<Item> matches(String condition, List<Item> items) {
    return condition == null
        ? List.of()
        : items.stream().filter(item -> meaning.holds(condition, item.touchpoint())).toList();
  }

  Object value(String expression, Item item) {
    return comparable(meaning.valueOf(expression, item.touchpoint()));
  }

  /** The value of an expression that gives a number; the default where it has none. */
  double number(String expression, Item item, double otherwise) {
    return expression != null
            && meaning.valueOf(expression, item.touchpoint()) instanceof Number number
        ? number.doubleValue()
        : otherwise;
  }

  /** The values of {@code per} or {@code same}; items are compared within equal ones. */
  List<Object> group(List<String> expressions, Item item) {
    List<Object> values = new ArrayList<>();
    for (String expression : expressions) {
      values.add(value(expression, item));
    }
    return values;
  }

  /** Numbers are equal by value, whatever their type. */
  private static Object comparable(Object value) {
    if (value instanceof Integer number) {
      return number.longValue();
    }
    if (value instanceof Double number && number == Math.rint(number) && Math.abs(number) < 1e15) {
      return number.longValue();
    }
    return value;
  }
}
