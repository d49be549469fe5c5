package io.fermata.replay.mapping;

import io.fermata.model.Identifier;
import io.fermata.model.Score;
import io.fermata.model.ScoreKind;
import io.fermata.model.Touchpoint;
import io.fermata.model.TouchpointBuilder;
import io.fermata.model.TouchpointValidator;
import io.fermata.rules.Suggestions;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Turns the rows of one kind of file into touchpoints. Immutable, for any number of threads. */
public final class Mapping {

  /**
   * Where a field's value comes from.
   *
   * @param expression null when {@code constant} is the value
   */
  record Value(RowExpression expression, FieldType type, Object constant) {}

  /**
   * One name of the customer.
   *
   * @param when null for always
   */
  record IdentifierRule(String kind, RowExpression value, RowExpression when) {}

  /** The parts of a mapping as they stand in its file. */
  record Parts(
      RowFormat format,
      Map<String, RowExpression> steps,
      List<RowExpression> skip,
      Map<String, Value> fields,
      Map<String, Value> score,
      List<IdentifierRule> identifiers,
      Map<String, Value> attributes) {}

  private final Parts parts;

  Mapping(Parts parts) {
    this.parts = parts;
  }

  public RowFormat format() {
    return parts.format();
  }

  /**
   * Checks that a file has the columns this mapping reads.
   *
   * @param source name of the file, for messages
   * @throws MappingException with every column that is missing
   */
  public void checkColumns(String source, Collection<String> columns) {
    Set<MappingProblem> problems = new LinkedHashSet<>();
    for (RowExpression expression : expressions()) {
      expression
          .columns()
          .forEach(
              (column, missing) -> {
                if (!columns.contains(column)) {
                  problems.add(
                      new MappingProblem(
                          missing.file(),
                          missing.line(),
                          missing.column(),
                          missing.message()
                              + " in "
                              + source
                              + Suggestions.forUnknown(column, columns)));
                }
              });
    }
    if (!problems.isEmpty()) {
      throw new MappingException(List.copyOf(problems));
    }
  }

  private List<RowExpression> expressions() {
    List<RowExpression> all = new ArrayList<>(parts.steps().values());
    all.addAll(parts.skip());
    List<Value> values = new ArrayList<>(parts.fields().values());
    values.addAll(parts.score().values());
    values.addAll(parts.attributes().values());
    values.stream().map(Value::expression).filter(e -> e != null).forEach(all::add);
    for (IdentifierRule identifier : parts.identifiers()) {
      all.add(identifier.value());
      if (identifier.when() != null) {
        all.add(identifier.when());
      }
    }
    return all;
  }

  /** What becomes of one row. */
  public MappedRow map(Row row) {
    RowValues values = new RowValues(row, parts.steps());
    Set<String> problems = new LinkedHashSet<>();
    for (RowExpression condition : parts.skip()) {
      if (holds(condition, values, problems)) {
        return MappedRow.SKIPPED;
      }
    }
    if (!problems.isEmpty()) {
      return new MappedRow.Bad(List.copyOf(problems));
    }
    TouchpointBuilder touchpoint = Touchpoint.builder();
    for (Map.Entry<String, Value> entry : parts.fields().entrySet()) {
      String name = entry.getKey();
      Object value = valueOf(entry.getValue(), values, problems);
      if (value == null && name.equals("occurredAt") && problems.isEmpty()) {
        problems.add("occurredAt is missing");
      }
      TouchpointFields.BY_NAME.get(name).set().accept(touchpoint, value);
    }
    touchpoint.identifiers(identifiers(values, problems));
    touchpoint.score(score(values, problems));
    touchpoint.attributes(attributes(values, problems));
    Touchpoint result = touchpoint.build();
    // What failed to be worked out is absent from the touchpoint; saying so as well is no news.
    if (problems.isEmpty()) {
      problems.addAll(TouchpointValidator.problems(result));
    }
    return problems.isEmpty()
        ? new MappedRow.Mapped(result)
        : new MappedRow.Bad(List.copyOf(problems));
  }

  private List<Identifier> identifiers(RowValues values, Set<String> problems) {
    List<Identifier> identifiers = new ArrayList<>(parts.identifiers().size());
    for (IdentifierRule rule : parts.identifiers()) {
      if (rule.when() == null || holds(rule.when(), values, problems)) {
        Object value = evaluate(rule.value(), FieldType.TEXT, values, problems);
        if (value != null) {
          identifiers.add(new Identifier(rule.kind(), (String) value));
        }
      }
    }
    return identifiers;
  }

  private Score score(RowValues values, Set<String> problems) {
    if (parts.score().isEmpty()) {
      return null;
    }
    Map<String, Object> found = new LinkedHashMap<>();
    parts.score().forEach((name, value) -> found.put(name, valueOf(value, values, problems)));
    if (found.get("value") == null) {
      return null;
    }
    if (found.get("min") == null || found.get("max") == null) {
      problems.add("score has no min or no max, expected the ends of its scale");
      return null;
    }
    return new Score(
        (ScoreKind) found.get("kind"),
        (Double) found.get("value"),
        (Double) found.get("min"),
        (Double) found.get("max"),
        (String) found.get("about"));
  }

  private Map<String, String> attributes(RowValues values, Set<String> problems) {
    if (parts.attributes().isEmpty()) {
      return Map.of();
    }
    Map<String, String> attributes = new LinkedHashMap<>();
    parts
        .attributes()
        .forEach(
            (name, source) -> {
              Object value = valueOf(source, values, problems);
              if (value != null) {
                attributes.put(name, (String) value);
              }
            });
    return attributes;
  }

  private static Object valueOf(Value source, RowValues values, Set<String> problems) {
    return source.expression() == null
        ? source.constant()
        : evaluate(source.expression(), source.type(), values, problems);
  }

  private static boolean holds(RowExpression condition, RowValues values, Set<String> problems) {
    return Boolean.TRUE.equals(evaluate(condition, FieldType.CONDITION, values, problems));
  }

  private static Object evaluate(
      RowExpression expression, FieldType type, RowValues values, Set<String> problems) {
    try {
      return type.convert(expression.evaluate(values));
    } catch (RowProblem e) {
      problems.add(e.getMessage());
    } catch (IllegalArgumentException e) {
      problems.add(expression.name() + ": " + e.getMessage());
    }
    return null;
  }
}
