package io.fermata.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class LruMapTest {

  @Test
  void shouldForgetWhatWasReadOrWrittenLongestAgo() {
    Map<String, Integer> map = new LruMap<>(3);
    map.put("a", 1);
    map.put("b", 2);
    map.put("c", 3);
    map.get("a");
    map.put("b", 4);

    map.put("d", 5);

    assertThat(map).containsExactly(Map.entry("a", 1), Map.entry("b", 4), Map.entry("d", 5));
  }

  @Test
  void shouldKeepNothingWhenNothingIsToBeKept() {
    Map<String, Integer> map = new LruMap<>(0);
    map.put("a", 1);
    assertThat(map).isEmpty();
    assertThatThrownBy(() -> new LruMap<>(-1)).hasMessage("expected 0 entries or more, found -1");
  }
}
