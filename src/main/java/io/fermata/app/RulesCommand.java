package io.fermata.app;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.fermata.journey.CustomerFold;
import io.fermata.journey.FoldSettings;
import io.fermata.rules.Rule;
import io.fermata.rules.Scenario;
import io.fermata.rules.ScenarioCoverage;
import io.fermata.rules.ScenarioRunner;
import io.fermata.rules.cel.RuleCompiler;
import io.fermata.rules.load.RuleLoader;
import io.fermata.rules.load.RuleProblemsException;
import io.fermata.rules.load.ScenarioLoader;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code fermata rules}: check, list and test rules. */
@Command(
    name = "rules",
    description = "Check, list and test rules.",
    mixinStandardHelpOptions = true,
    subcommands = {RulesCommand.Check.class, RulesCommand.Show.class, RulesCommand.Try.class})
public final class RulesCommand implements Runnable {

  private static final int DONE = 0;
  private static final int FAILED = 1;
  private static final int WRONG_CONFIGURATION = 2;

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "Missing required subcommand: check, list or test");
  }

  /** What the subcommands share: where rules are, and how problems in them are told. */
  abstract static class OnRules implements Callable<Integer> {

    @Spec private CommandSpec spec;

    @Option(
        names = "--rules",
        paramLabel = "DIR",
        description =
            "Directory or file of the rules; by default 'rules', here or beside the program.")
    private Path rulesOption;

    @Override
    public final Integer call() throws JsonProcessingException {
      try {
        return run(RuleLoader.load(rules()));
      } catch (RuleProblemsException e) {
        PrintWriter err = spec.commandLine().getErr();
        e.problems().forEach(err::println);
        err.println(e.problems().size() == 1 ? "1 problem" : e.problems().size() + " problems");
        return WRONG_CONFIGURATION;
      }
    }

    abstract int run(List<Rule> rules) throws JsonProcessingException;

    final Path rules() {
      return RulesPath.find(rulesOption);
    }

    final PrintWriter out() {
      return spec.commandLine().getOut();
    }
  }

  /** {@code rules check}. */
  @Command(
      name = "check",
      description = "Load the rules and say what is wrong with them, with file, line and column.",
      mixinStandardHelpOptions = true)
  static final class Check extends OnRules {
    @Override
    int run(List<Rule> rules) {
      RuleCompiler.compile(rules);
      out().println(rules.size() + " rules in " + rules() + ", all right");
      return DONE;
    }
  }

  /** {@code rules list}. */
  @Command(name = "list", description = "List the rules.", mixinStandardHelpOptions = true)
  static final class Show extends OnRules {

    private static final ObjectMapper MAPPER =
        new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    @Option(names = "--json", description = "As JSON.")
    private boolean json;

    @Override
    int run(List<Rule> rules) throws JsonProcessingException {
      List<Map<String, Object>> rows =
          rules.stream()
              .sorted(Comparator.comparing(Rule::theme).thenComparing(Rule::id))
              .map(Show::row)
              .toList();
      if (json) {
        out().println(MAPPER.writeValueAsString(rows));
      } else {
        printTable(rows);
      }
      return DONE;
    }

    private static Map<String, Object> row(Rule rule) {
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("id", rule.id());
      row.put("theme", rule.theme());
      row.put("kind", rule.kind().getClass().getSimpleName().toLowerCase(Locale.ROOT));
      row.put("pillar", rule.pillar().name());
      row.put(
          "severity",
          rule.severity() != null
              ? rule.severity().name()
              : rule.levels().keySet().stream().map(Enum::name).collect(Collectors.joining("/")));
      row.put("polarity", rule.polarity().name());
      row.put("version", rule.version());
      row.put("title", rule.title());
      return row;
    }

    private void printTable(List<Map<String, Object>> rows) {
      Map<String, Integer> widths = new LinkedHashMap<>();
      for (Map<String, Object> row : rows) {
        row.forEach((column, v) -> widths.merge(column, cell(v).length(), Math::max));
      }
      widths.replaceAll((column, width) -> Math.max(width, column.length()));
      out().println(line(widths, column -> column));
      rows.forEach(row -> out().println(line(widths, column -> cell(row.get(column)))));
    }

    private static String line(Map<String, Integer> widths, Function<String, String> cells) {
      return widths.entrySet().stream()
          .map(
              column -> String.format("%-" + column.getValue() + "s", cells.apply(column.getKey())))
          .collect(Collectors.joining("  "))
          .stripTrailing();
    }

    private static String cell(Object value) {
      if (value instanceof Map<?, ?> title) {
        return (String)
            (title.containsKey("en") ? title.get("en") : title.values().iterator().next());
      }
      return value.toString();
    }
  }

  /** {@code rules test}. */
  @Command(
      name = "test",
      description = "Run the scenarios of the rules.",
      mixinStandardHelpOptions = true)
  static final class Try extends OnRules {

    @Option(
        names = "--scenarios",
        paramLabel = "DIR",
        description =
            "Directory or file of the scenarios; by default the folder 'scenarios' beside the rules.")
    private Path scenariosOption;

    @Override
    int run(List<Rule> rules) {
      List<Scenario> scenarios = ScenarioLoader.load(scenarios());
      ScenarioRunner runner =
          new ScenarioRunner(
              RuleCompiler.compile(rules),
              (set, customer, sorted, clock) ->
                  CustomerFold.fold(FoldSettings.DEFAULTS, set, customer, sorted, clock).alerts());
      int failed = 0;
      for (Scenario scenario : scenarios) {
        ScenarioRunner.Result result = runner.run(scenario);
        failed += result.passed() ? 0 : 1;
        print(result);
      }
      Set<String> tested = scenarios.stream().map(Scenario::rule).collect(Collectors.toSet());
      List<String> ids = rules.stream().map(Rule::id).sorted().toList();
      List<String> untested = ids.stream().filter(id -> !tested.contains(id)).toList();
      untested.forEach(id -> out().println("no scenario for rule " + id));
      ids.stream().filter(tested::contains).forEach(id -> printMissing(id, scenarios));
      out()
          .printf(
              "%d scenarios, %d passed, %d failed%n",
              scenarios.size(), scenarios.size() - failed, failed);
      return failed == 0 && untested.isEmpty() ? DONE : FAILED;
    }

    private Path scenarios() {
      if (scenariosOption != null) {
        return scenariosOption;
      }
      return Files.isDirectory(rules())
          ? rules().resolve("scenarios")
          : rules().resolveSibling("scenarios");
    }

    private void print(ScenarioRunner.Result result) {
      Scenario scenario = result.scenario();
      out()
          .printf(
              "%s  %s: %s%n", result.passed() ? "ok  " : "FAIL", scenario.rule(), scenario.name());
      if (!result.passed()) {
        out().println("      " + scenario.place());
        result.differences().forEach(difference -> out().println("      " + difference));
      }
    }

    private void printMissing(String rule, List<Scenario> scenarios) {
      ScenarioCoverage.missing(rule, scenarios)
          .forEach(part -> out().println(part.lack() + " for rule " + rule));
    }
  }
}
