package io.fermata.bench;

import io.fermata.rules.RuleSet;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * Main class of the process that measures the pure core: {@code rules count} and the settings. For
 * every line of its standard input it folds all touchpoints once and prints what that took; the end
 * of input, which the parent's death brings too, ends it.
 */
final class CoreMain {

  static final String MEASURED = "measured=";

  private CoreMain() {}

  public static void main(String[] arguments) throws IOException {
    List<String> given = List.of(arguments);
    RuleSource source = new RuleSource(Path.of(given.get(0)), Integer.parseInt(given.get(1)));
    BenchSettings settings = BenchSettings.parse(given.subList(2, given.size()));
    RuleSet rules = source.compile();
    CoreRun run = new CoreRun(Workload.generate(settings).spread(source.lines()));
    BufferedReader input =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    while (input.readLine() != null) {
      System.out.println(MEASURED + run.run(rules).text());
      System.out.flush();
    }
  }
}
