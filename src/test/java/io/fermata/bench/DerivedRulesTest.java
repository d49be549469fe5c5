package io.fermata.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.fermata.rules.PlannedRule;
import io.fermata.rules.Rule;
import io.fermata.rules.RuleSet;
import io.fermata.rules.cel.RuleCompiler;
import io.fermata.rules.load.RuleLoader;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class DerivedRulesTest {

  private static final List<Rule> RULES = RuleLoader.load(Path.of("rules"));

  @Test
  void shouldMakeAsManyRulesAsAskedForThatAllCompile() {
    assertThat(DerivedRules.of(RULES, 3)).isEqualTo(RULES.subList(0, 3));
    List<Rule> many = DerivedRules.of(RULES, 400);

    assertThat(many).hasSize(400).startsWith(RULES.toArray(Rule[]::new));
    assertThat(many).extracting(Rule::version).doesNotHaveDuplicates();
    assertThat(RuleCompiler.compile(many).rules()).hasSize(400);
  }

  @Test
  void shouldMeetATouchpointWithTheRulesOfItsLineAndTheFewThatAreForAll() {
    int count = RULES.size() * 30;
    RuleSet few = RuleCompiler.compile(RULES);
    RuleSet many = RuleCompiler.compile(DerivedRules.of(RULES, count));

    int lines = DerivedRules.lines(RULES, count);
    assertThat(lines).isGreaterThan(25);
    int shared = (lines - 1) / 10;
    String type = DerivedRules.typeIn("contact.ended", 7);
    assertThat(type).isEqualTo("contact.ended.l7");
    assertThat(starting(many, type)).isEqualTo(starting(few, "contact.ended"));
    assertThat(starting(many, "contact.ended"))
        .isBetween(starting(few, "contact.ended"), starting(few, "contact.ended") * (shared + 2));
  }

  private static long starting(RuleSet rules, String type) {
    return rules.forTouchpoint(type).stream().filter(PlannedRule::canStart).count();
  }
}
