package io.fermata.replay.mapping;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** Finds what somebody probably meant. */
final class Suggestion {

  private static final LevenshteinDistance DISTANCE = LevenshteinDistance.getDefaultInstance();

  private Suggestion() {}

  /** {@code , did you mean 'x'?} where a known name is close, otherwise the known names. */
  static String among(String unknown, Collection<String> known) {
    return known.stream()
        .min(Comparator.comparingInt((String name) -> distance(unknown, name)))
        .filter(name -> distance(unknown, name) <= Math.max(1, unknown.length() / 2))
        .map(name -> ", did you mean '" + name + "'?")
        .orElse(", expected one of " + String.join(", ", known));
  }

  private static int distance(String a, String b) {
    return DISTANCE.apply(a.toLowerCase(Locale.ROOT), b.toLowerCase(Locale.ROOT));
  }
}
