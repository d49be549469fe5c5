package io.fermata.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.fermata.model.Ids;
import io.fermata.rules.cel.RuleCompiler;
import io.fermata.rules.load.RuleLoader;
import io.fermata.rules.load.RuleTexts;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShippedRulesTest {

  private static final List<Rule> RULES = RuleLoader.load(Path.of("rules"));

  @Test
  void shouldSpeakEnglishAndPolish() {
    assertThat(RULES)
        .allSatisfy(
            rule -> {
              assertThat(rule.title()).containsOnlyKeys("en", "pl");
              assertThat(rule.advice()).containsOnlyKeys("en", "pl");
            });
  }

  @Test
  void shouldMeetATouchpointOnlyWithRulesThatCanMatchIt() {
    RuleSet rules = RuleCompiler.compile(RULES);
    assertThat(rules.forTouchpoint("callback.made"))
        .extracting(planned -> planned.rule().rule().id() + " " + planned.roles())
        // An inbound touchpoint of any type breaks the silence.
        .containsExactly(
            "broken-callback " + PlannedRule.FINISH, "talking-to-a-wall " + PlannedRule.BREAK);
    assertThat(rules.forTouchpoint("page.viewed"))
        .extracting(planned -> planned.rule().rule().id())
        .containsExactly("talking-to-a-wall");
    assertThat(rules.forExperience("experience.bad"))
        .extracting(planned -> planned.rule().rule().id())
        .containsExactly("patience");
    assertThat(rules.forExperience("experience.good")).isEmpty();
  }

  @Test
  void shouldBeTheSameRulesAfterHavingBeenStoredAsText() {
    RuleSet rules = RuleCompiler.compile(RULES);
    RuleSet read = RuleTexts.read("stored", RuleTexts.write(rules));

    assertThat(read.fingerprint()).isEqualTo(rules.fingerprint());
    assertThat(read.rules())
        .extracting(rule -> rule.rule().version())
        .containsExactlyElementsOf(
            rules.rules().stream().map(rule -> rule.rule().version()).toList());
  }

  @Test
  void shouldNameARuleAndItsVersionByTheFirstBytesOfTheirHash() {
    RuleSet rules = RuleCompiler.compile(RULES);
    for (CompiledRule rule : rules.rules()) {
      String hash = Ids.sha256(rule.rule().id() + "\n" + rule.rule().version(), 8);
      assertThat(String.format("%08x", rule.key())).isEqualTo(hash);
      assertThat(rules.byKey(rule.key())).isSameAs(rule);
    }
  }
}
