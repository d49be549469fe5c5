package io.fermata.oracle;

import io.fermata.rules.Rule;
import io.fermata.rules.RuleKind;
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

  /** Whether an item is one the rule looks at; what is not is no evidence of it either. */
  boolean isMatchedBy(Item item) {
    RuleKind kind = rule.kind();
    if (kind instanceof RuleKind.Single single) {
      return holds(single.where(), item);
    } else if (kind instanceof RuleKind.Count count) {
      return holds(count.where(), item);
    } else if (kind instanceof RuleKind.Streak streak) {
      return holds(streak.where(), item) || holds(streak.brokenBy(), item);
    } else if (kind instanceof RuleKind.Sequence sequence) {
      return holds(sequence.first(), item)
          || sequence.then().stream().anyMatch(condition -> holds(condition, item));
    }
    return false;
  }

  private boolean holds(String condition, Item item) {
    return !matches(condition, List.of(item)).isEmpty();
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
