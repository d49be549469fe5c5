package io.fermata.rules;

import java.util.Collection;
import java.util.Comparator;
import java.util.stream.Collectors;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** Says what an unknown word may have been meant to be. */
public final class Suggestions {

  private static final int FARTHEST = 4;

  private Suggestions() {}

  /** {@code "; did you mean 'x'?"} where a known word is near, else the known words listed. */
  public static String forUnknown(String word, Collection<String> known) {
    LevenshteinDistance distance = LevenshteinDistance.getDefaultInstance();
    String lower = word.toLowerCase(java.util.Locale.ROOT);
    return known.stream()
        .min(
            Comparator.comparingInt(
                    (String k) -> distance.apply(lower, k.toLowerCase(java.util.Locale.ROOT)))
                .thenComparing(Comparator.naturalOrder()))
        .filter(
            k ->
                distance.apply(lower, k.toLowerCase(java.util.Locale.ROOT))
                    <= Math.min(FARTHEST, Math.max(1, word.length() / 2)))
        .map(k -> "; did you mean '" + k + "'?")
        .orElseGet(
            () -> known.stream().sorted().collect(Collectors.joining(", ", "; known: ", "")));
  }
}
