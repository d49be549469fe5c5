package io.fermata.oracle;

import io.fermata.model.Alert;
import io.fermata.model.ContactGuidance;
import io.fermata.model.Journey;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/** What differs between the engine's views and the oracle's, record by record, field by field. */
final class Difference {

  private Difference() {}

  /** One line per difference; none where the two are equal. */
  static List<String> of(
      Collection<Alert> alerts,
      Collection<Journey> journeys,
      Collection<ContactGuidance> guidance,
      OracleViews expected) {
    List<String> lines = new ArrayList<>();
    compare(
        lines,
        byId(lines, alerts, Alert::id),
        expected.alerts(),
        a -> "alert of %s '%s' at +%d".formatted(a.rule(), a.subject(), a.at() - CaseMaker.START));
    compare(
        lines,
        byId(lines, journeys, Journey::id),
        expected.journeys(),
        j -> "journey '%s' from +%d".formatted(j.subject(), j.openedAt() - CaseMaker.START));
    compare(
        lines,
        byId(lines, guidance, ContactGuidance::customer),
        expected.guidance(),
        g -> "guidance of %s at +%d".formatted(g.customer(), g.at() - CaseMaker.START));
    return lines;
  }

  private static <R extends Record> Map<String, R> byId(
      List<String> lines, Collection<R> records, Function<R, String> id) {
    Map<String, R> byId = new TreeMap<>();
    for (R each : records) {
      if (byId.put(id.apply(each), each) != null) {
        lines.add("the engine has two records of id " + id.apply(each));
      }
    }
    return byId;
  }

  private static <R extends Record> void compare(
      List<String> lines,
      Map<String, R> actual,
      Map<String, R> expected,
      Function<R, String> name) {
    Set<String> ids = new TreeSet<>(actual.keySet());
    ids.addAll(expected.keySet());
    for (String id : ids) {
      R left = actual.get(id);
      R right = expected.get(id);
      if (left == null) {
        lines.add("only the oracle has the " + name.apply(right) + ": " + right);
      } else if (right == null) {
        lines.add("only the engine has the " + name.apply(left) + ": " + left);
      } else if (!left.equals(right)) {
        fields(lines, name.apply(right), left, right);
      }
    }
  }

  private static void fields(List<String> lines, String name, Record left, Record right) {
    for (RecordComponent field : left.getClass().getRecordComponents()) {
      Object ours = read(field, left);
      Object theirs = read(field, right);
      if (!Objects.equals(ours, theirs)) {
        lines.add(
            "%s: %s is %s by the engine, %s by the oracle"
                .formatted(name, field.getName(), ours, theirs));
      }
    }
  }

  private static Object read(RecordComponent field, Record of) {
    try {
      return field.getAccessor().invoke(of);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot read " + field, e);
    }
  }
}
