package io.fermata.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fermata.app.ReplayCommand;
import io.fermata.app.RulesCommand;
import io.fermata.rules.Rule;
import io.fermata.rules.RuleKind;
import io.fermata.rules.load.RuleLoader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Does what the guide for rule authors says, with the snippets that it shows. */
class WritingRulesTest {

  private static final Path PAGE = Path.of("docs", "writing-rules.md");
  private static final Pattern BLOCK = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);

  @TempDir private Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private Path rules;

  @BeforeEach
  void writeSnippetsIntoFiles() throws IOException {
    rules = Files.createDirectories(folder.resolve("my-rules"));
    Path scenarios = Files.createDirectories(rules.resolve("scenarios"));
    List<String> blocks = blocks();
    for (int i = 0; i < blocks.size(); i++) {
      String block = blocks.get(i);
      Path into = block.startsWith("theme:") ? rules : scenarios;
      Files.writeString(into.resolve("block-" + i + ".yaml"), block);
    }
  }

  @Test
  void shouldShowEachKindOnceAndPassTheCheck() {
    assertThat(RuleLoader.load(rules))
        .extracting(Rule::kind)
        .hasSize(RuleKind.class.getPermittedSubclasses().length)
        .extracting(kind -> (Object) kind.getClass())
        .doesNotHaveDuplicates();
    assertThat(run(new RulesCommand(), "check", "--rules", rules.toString()))
        .as(err.toString())
        .isZero();
  }

  @Test
  void shouldPassEveryScenarioAndHaveOneForEveryRule() {
    int status = run(new RulesCommand(), "test", "--rules", rules.toString());
    assertThat(status).as("%s%s", out, err).isZero();
    assertThat(out.toString()).contains(" 0 failed");
  }

  @Test
  void shouldTellTheMisspeltNameAsThePageSays() throws IOException {
    String branch =
        blocks().get(0).replace("type == 'contact.ended' && channel == 'BRANCH' && ", "");
    Path file = folder.resolve("branch.yaml");
    Files.writeString(file, branch.replace("\"waitSeconds + handleSeconds >=", "\"witSeconds >="));
    assertThat(run(new RulesCommand(), "check", "--rules", file.toString())).isEqualTo(2);
    String message = err.toString().lines().findFirst().orElseThrow();
    assertThat(Files.readString(PAGE))
        .contains(message.replace(file.toString(), "my-rules/branch.yaml"));
  }

  @Test
  void shouldRaiseInTheReplayWhatThePageSays() throws IOException {
    Path replayed = folder.resolve("tomorrow");
    int status =
        run(
            new ReplayCommand(),
            "--input",
            Path.of("examples", "shop-cart", "touchpoints.jsonl").toString(),
            "--rules",
            rules.toString(),
            "--out",
            replayed.toString());
    assertThat(status).as(err.toString()).isZero();
    JsonNode counts =
        new ObjectMapper().readTree(replayed.resolve("summary.json").toFile()).path("rules");
    assertThat(counts.path("crowded-week").path("total").asInt()).isEqualTo(1);
    assertThat(Files.readString(replayed.resolve("alerts.jsonl")))
        .contains("[\"shop-02\",\"shop-03\",\"shop-04\"");
  }

  private static List<String> blocks() throws IOException {
    List<String> blocks = new ArrayList<>();
    Matcher block = BLOCK.matcher(Files.readString(PAGE));
    while (block.find()) {
      blocks.add(block.group(1));
    }
    return blocks;
  }

  private int run(Object command, String... arguments) {
    return new CommandLine(command)
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(arguments);
  }
}
