package io.fermata.bench;

import io.fermata.rules.Rule;
import io.fermata.rules.RuleSet;
import io.fermata.rules.cel.RuleCompiler;
import io.fermata.rules.load.RuleLoader;
import java.nio.file.Path;
import java.util.List;

/**
 * Where the rules of a measurement come from, so that every process of it can read them.
 *
 * @param path folder or file
 * @param count so many rules derived from those there ({@link DerivedRules}); 0 for those as
 *     written
 */
public record RuleSource(Path path, int count) {

  /**
   * The rules, ready to run.
   *
   * @throws io.fermata.rules.load.RuleProblemsException with file, line and column of each problem
   */
  RuleSet compile() {
    return RuleCompiler.compile(count == 0 ? written() : DerivedRules.of(written(), count));
  }

  /** Lines of business that customers are spread over. */
  int lines() {
    return count == 0 ? 1 : DerivedRules.lines(written(), count);
  }

  private List<Rule> written() {
    return RuleLoader.load(path);
  }
}
