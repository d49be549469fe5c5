package io.fermata.app;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fermata.replay.FolderComparison;
import io.fermata.replay.FolderComparison.Difference;
import io.fermata.replay.FolderComparison.Field;
import io.fermata.replay.FolderComparison.FileDifferences;
import io.fermata.replay.FolderComparison.Kind;
import io.fermata.replay.InputException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code fermata compare A B}: what differs between the outputs of two replays. */
@Command(
    name = "compare",
    mixinStandardHelpOptions = true,
    description = "Compares two output folders of replay, record by record.",
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {
      "0:the folders hold the same records",
      "1:they differ, or the work failed",
      "2:wrong usage"
    })
public final class CompareCommand implements Callable<Integer> {

  @Parameters(index = "0", paramLabel = "A", description = "output folder of one replay")
  private Path a;

  @Parameters(index = "1", paramLabel = "B", description = "output folder of another")
  private Path b;

  @Option(
      names = "--show",
      paramLabel = "N",
      defaultValue = "10",
      description = "differing records shown of each file (default ${DEFAULT-VALUE})")
  private int show;

  @Option(names = "--json", description = "print one JSON object instead of text")
  private boolean json;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter err = spec.commandLine().getErr();
    if (show < 0) {
      err.println("--show is " + show + ", expected 0 or more");
      return 2;
    }
    try {
      List<FileDifferences> files = FolderComparison.compare(a, b);
      if (json) {
        printJson(files);
      } else {
        printText(files);
      }
      return files.stream().allMatch(file -> file.differences().isEmpty()) ? 0 : 1;
    } catch (InputException e) {
      err.println(e.getMessage());
      return 2;
    } catch (IOException e) {
      err.println("cannot compare: " + e.getMessage());
      return 1;
    }
  }

  private void printText(List<FileDifferences> files) {
    PrintWriter out = spec.commandLine().getOut();
    for (FileDifferences file : files) {
      if (file.differences().isEmpty()) {
        out.printf("%-20s equal, %,d records%n", file.file(), file.a());
        continue;
      }
      out.printf("%-20s %s%n", file.file(), counts(file));
      file.byRule()
          .forEach(
              (rule, ofRule) ->
                  out.printf(
                      "  %s: %s%n", rule, counts(new FileDifferences(file.file(), 0, 0, ofRule))));
      file.differences().stream().limit(show).forEach(difference -> print(out, difference));
      if (file.differences().size() > show) {
        out.printf("    and %,d more%n", file.differences().size() - show);
      }
    }
    out.flush();
  }

  private static String counts(FileDifferences file) {
    return String.format(
        "only in A %,d, only in B %,d, changed %,d",
        file.count(Kind.ONLY_IN_A), file.count(Kind.ONLY_IN_B), file.count(Kind.CHANGED));
  }

  private static void print(PrintWriter out, Difference difference) {
    String rule = difference.rule() == null ? "" : " " + difference.rule();
    String what =
        switch (difference.kind()) {
          case ONLY_IN_A -> "only in A";
          case ONLY_IN_B -> "only in B";
          case CHANGED -> "changed  ";
        };
    out.printf("    %s %s%s%n", what, difference.key(), rule);
    for (Field field : difference.fields()) {
      out.printf("      %s: %s -> %s%n", field.path(), field.a(), field.b());
    }
  }

  private void printJson(List<FileDifferences> files) throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    ObjectNode root = mapper.createObjectNode();
    root.put("equal", files.stream().allMatch(file -> file.differences().isEmpty()));
    ObjectNode all = root.putObject("files");
    for (FileDifferences file : files) {
      ObjectNode node = all.putObject(file.file());
      node.put("a", file.a());
      node.put("b", file.b());
      counts(node, file);
      ObjectNode rules = node.putObject("rules");
      for (Map.Entry<String, List<Difference>> rule : file.byRule().entrySet()) {
        counts(rules.putObject(rule.getKey()), new FileDifferences("", 0, 0, rule.getValue()));
      }
      ArrayNode shown = node.putArray("differences");
      for (Difference difference : file.differences().stream().limit(show).toList()) {
        ObjectNode one = shown.addObject();
        one.put("kind", difference.kind().name());
        one.put("key", difference.key());
        one.put("rule", difference.rule());
        ObjectNode fields = one.putObject("fields");
        for (Field field : difference.fields()) {
          ObjectNode values = fields.putObject(field.path());
          values.set("a", field.a() == null ? null : mapper.readTree(field.a()));
          values.set("b", field.b() == null ? null : mapper.readTree(field.b()));
        }
      }
    }
    PrintWriter out = spec.commandLine().getOut();
    out.println(mapper.writerWithDefaultPrettyPrinter().writeValueAsString(root));
    out.flush();
  }

  private static void counts(ObjectNode node, FileDifferences file) {
    node.put("onlyInA", file.count(Kind.ONLY_IN_A));
    node.put("onlyInB", file.count(Kind.ONLY_IN_B));
    node.put("changed", file.count(Kind.CHANGED));
  }
}
