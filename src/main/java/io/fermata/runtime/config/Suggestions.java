package io.fermata.runtime.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import org.apache.commons.text.similarity.JaroWinklerSimilarity;

/** What somebody who mistyped a name may have meant. */
final class Suggestions {

  private static final JaroWinklerSimilarity SIMILARITY = new JaroWinklerSimilarity();
  private static final double CLOSE_ENOUGH = 0.8;

  private Suggestions() {}

  /** {@code "; did you mean 'x'?"}, or nothing when no candidate is close. */
  static String forText(String text, Collection<String> candidates) {
    Optional<String> nearest =
        candidates.stream()
            .filter(candidate -> !candidate.endsWith("*"))
            .max(Comparator.comparingDouble(candidate -> closeness(text, candidate)));
    return nearest
        .filter(candidate -> closeness(text, candidate) >= CLOSE_ENOUGH)
        .map(candidate -> "; did you mean '" + candidate + "'?")
        .orElse("");
  }

  private static double closeness(String text, String candidate) {
    String written = text.toLowerCase(Locale.ROOT);
    String known = candidate.toLowerCase(Locale.ROOT);
    // Nothing is nearer than a key whose section was left out.
    return known.endsWith("." + written) ? 1 : SIMILARITY.apply(written, known);
  }
}
