package io.fermata.it;

import io.fermata.model.Alert;
import io.fermata.model.ContactGuidance;
import io.fermata.model.Journey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;

/** The views that hold in the end, by id. */
record FinalViews(
    Map<String, Alert> alerts,
    Map<String, Journey> journeys,
    Map<String, ContactGuidance> guidance) {

  FinalViews() {
    this(new TreeMap<>(), new TreeMap<>(), new TreeMap<>());
  }

  /** One line per view that is missing, too many or different. */
  List<String> differencesTo(FinalViews expected) {
    List<String> lines = new ArrayList<>();
    compare("alert", alerts, expected.alerts, lines);
    compare("journey", journeys, expected.journeys, lines);
    compare("guidance", guidance, expected.guidance, lines);
    return lines;
  }

  static <V> void compare(
      String what, Map<String, V> actual, Map<String, V> expected, List<String> lines) {
    TreeSet<String> ids = new TreeSet<>(actual.keySet());
    ids.addAll(expected.keySet());
    for (String id : ids) {
      V is = actual.get(id);
      V should = expected.get(id);
      if (!Objects.equals(is, should)) {
        lines.add(
            is == null
                ? "missing " + what + ": " + should
                : should == null
                    ? what + " too many: " + is
                    : what + " is " + is + ", expected " + should);
      }
    }
  }
}
