package io.fermata.app;

import io.fermata.rules.Rule;
import io.fermata.rules.RuleSet;
import io.fermata.rules.cel.RuleCompiler;
import io.fermata.rules.load.RuleLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Where rules lie, for every command that reads them. */
final class RulesPath {

  private static final Path DEFAULT = Path.of("rules");

  private RulesPath() {}

  /**
   * A relative path is tried in the working directory and then beside the program, which is the
   * folder that the system property {@code fermata.home} names. One that is nowhere comes back as
   * it is, for the loader to say so.
   *
   * @param given null for the default, {@code rules}
   */
  static Path find(Path given) {
    Path path = given == null ? DEFAULT : given;
    Path beside = Path.of(System.getProperty("fermata.home", "")).resolve(path);
    return !Files.exists(path) && Files.exists(beside) ? beside : path;
  }

  /**
   * The rules there, ready to run.
   *
   * @throws io.fermata.rules.load.RuleProblemsException with file, line and column of each problem
   */
  static RuleSet load(Path given) {
    return RuleCompiler.compile(rules(given));
  }

  /** As {@link #load}, the rules as written. */
  static List<Rule> rules(Path given) {
    return RuleLoader.load(find(given));
  }
}
