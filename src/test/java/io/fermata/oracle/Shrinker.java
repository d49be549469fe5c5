package io.fermata.oracle;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/** Makes a failing case small: drops whatever it fails without. */
final class Shrinker {

  private Shrinker() {}

  /**
   * @param smaller cases to try instead, the smallest first
   */
  static <C> C shrink(C failing, Function<C, List<C>> smaller, Predicate<C> fails) {
    C current = failing;
    while (true) {
      C next = smaller.apply(current).stream().filter(fails).findFirst().orElse(null);
      if (next == null) {
        return current;
      }
      current = next;
    }
  }

  /** A list without each of its parts: halves, quarters, ..., single elements. */
  static <T> List<List<T>> parts(List<T> list) {
    List<List<T>> parts = new ArrayList<>();
    int size = list.size();
    for (int chunk = (size + 1) / 2; chunk >= 1; chunk = chunk == 1 ? 0 : (chunk + 1) / 2) {
      for (int from = 0; from < size; from += chunk) {
        List<T> rest = new ArrayList<>(list.subList(0, from));
        rest.addAll(list.subList(Math.min(size, from + chunk), size));
        parts.add(rest);
      }
    }
    return parts;
  }
}
