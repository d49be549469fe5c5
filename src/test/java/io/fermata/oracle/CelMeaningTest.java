package io.fermata.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import io.fermata.model.Touchpoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** The Java functions of the vocabulary against their CEL text. */
class CelMeaningTest {

  private final CelMeaning cel = new CelMeaning();

  @Test
  void shouldGiveTheConditionsOfTheVocabularyTheirMeaning() {
    for (long seed = 1; seed <= 60; seed++) {
      for (Touchpoint touchpoint : RandomCase.of(seed).touchpoints()) {
        for (Vocabulary.Phrase phrase : Vocabulary.ON_TOUCHPOINTS) {
          assertThat(cel.holds(phrase.cel(), touchpoint))
              .as("seed %d: %s on %s", seed, phrase.cel(), touchpoint)
              .isEqualTo(phrase.meaning().test(touchpoint));
          assertThat(
                  phrase.types() == null
                      || phrase.types().contains(touchpoint.type())
                      || !phrase.meaning().test(touchpoint))
              .as("%s only matches %s", phrase.cel(), phrase.types())
              .isTrue();
        }
      }
    }
  }

  @Test
  void shouldGiveTheExpressionsOfTheVocabularyTheirMeaning() {
    List<String> expressions = new ArrayList<>();
    for (Map<String, Function<Touchpoint, Object>> some :
        List.of(Vocabulary.GROUPS, Vocabulary.MEASURES, Vocabulary.DEADLINES)) {
      expressions.addAll(some.keySet());
    }
    for (long seed = 1; seed <= 60; seed++) {
      for (Touchpoint touchpoint : RandomCase.of(seed).touchpoints()) {
        for (String expression : expressions) {
          assertThat(cel.valueOf(expression, touchpoint))
              .as("seed %d: %s on %s", seed, expression, touchpoint)
              .isEqualTo(Vocabulary.valueOf(expression, touchpoint));
        }
      }
    }
  }

  @Test
  void shouldTellWhatIsSet() {
    Touchpoint touchpoint = Touchpoint.builder().type("asked").attributes(Map.of("a", "1")).build();

    assertThat(cel.holds("has(type) && !has(topic)", touchpoint)).isTrue();
    assertThat(cel.holds("has(attributes.a) && !has(attributes.b)", touchpoint)).isTrue();
    assertThat(cel.holds("attributes.b != 'x'", touchpoint)).isFalse();
  }
}
