package io.fermata.rules.load;

import io.fermata.rules.CompiledRule;
import io.fermata.rules.Rule;
import io.fermata.rules.RuleSet;
import io.fermata.rules.cel.RuleCompiler;
import java.util.List;
import java.util.stream.Collectors;

/** A rule set as text that can be stored and read again: its rules as canonical JSON. */
public final class RuleTexts {

  private RuleTexts() {}

  public static String write(RuleSet rules) {
    return rules.rules().stream()
        .map(CompiledRule::rule)
        .map(CanonicalJson::of)
        .collect(Collectors.joining(",\n", "{\"rules\":[\n", "\n]}\n"));
  }

  /**
   * The rules, ready to run, in the versions they had.
   *
   * @param name stands for the file in messages
   * @throws RuleProblemsException when the text is of a rule language that is not ours any more
   */
  public static RuleSet read(String name, String text) {
    List<Rule> rules = RuleLoader.parse(name, text);
    return RuleCompiler.compile(rules);
  }
}
