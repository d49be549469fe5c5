package io.fermata.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.fermata.it.SharedBroker;
import io.fermata.it.TestBroker;
import io.fermata.runtime.config.ConfigurationException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;

@ExtendWith(SharedBroker.class)
class FermataTest {

  @TempDir Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Command(name = "fail")
  private static final class FailCommand implements Callable<Integer> {
    private final Exception failure;

    private FailCommand(Exception failure) {
      this.failure = failure;
    }

    @Override
    public Integer call() throws Exception {
      throw failure;
    }
  }

  private int execute(CommandLine commandLine, String... arguments) {
    commandLine.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    return commandLine.execute(arguments);
  }

  private int execute(String... arguments) {
    return execute(Fermata.commandLine(), arguments);
  }

  private int fail(Exception failure, String... arguments) {
    return execute(
        Fermata.commandLine().addSubcommand("fail", new FailCommand(failure)), arguments);
  }

  @Test
  void shouldSayWhichTimesAndDurationsAreExpected() {
    assertThat(execute("demo", "--for", "30s")).isEqualTo(2);
    assertThat(err.toString())
        .contains("'--for': expected a duration such as PT30S, found '30s'")
        .doesNotContain("java.time");
    assertThat(execute("replay", "--input", "a", "--out", "b", "--until", "yesterday"))
        .isEqualTo(2);
    assertThat(err.toString())
        .contains("'--until': expected a time such as 2026-03-01T10:00:00Z, found 'yesterday'")
        .doesNotContain("java.time");
  }

  @Test
  void shouldEndWithTwoWhenUsageIsWrong() {
    assertThat(execute()).isEqualTo(2);
    assertThat(err.toString()).contains("a command is missing", "Usage: fermata");
    assertThat(execute("topics", "chekc")).isEqualTo(2);
    assertThat(execute("--nonsense")).isEqualTo(2);
  }

  @Test
  void shouldShowHelpAndVersion() {
    assertThat(execute("--help")).isZero();
    assertThat(execute("--version")).isZero();
    assertThat(out.toString())
        .contains("topics", "rules", "generate", "compare", "fermata (not packaged)");
  }

  @Test
  void shouldShowHelpOfEveryCommand() {
    CommandLine commandLine = Fermata.commandLine();
    for (String name : commandLine.getSubcommands().keySet()) {
      assertThat(execute(name, "--help")).as(name).isZero();
    }
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void shouldSayOneLineWhenTheFailureIsExpected() {
    assertThat(fail(new ConfigurationException("f.yaml:1:1: wrong"), "fail")).isEqualTo(2);
    assertThat(fail(new NoSuchFileException("in.jsonl"), "fail")).isEqualTo(1);
    assertThat(err.toString())
        .isEqualToNormalizingNewlines(
            "fermata: f.yaml:1:1: wrong\nfermata: in.jsonl: no such file\n");
  }

  @Test
  void shouldShowAStackTraceOnlyWhenAsked() {
    Exception defect = new IllegalStateException("a defect");
    assertThat(fail(defect, "fail")).isEqualTo(1);
    assertThat(err.toString())
        .contains("java.lang.IllegalStateException: a defect", "--debug shows")
        .doesNotContain("\tat ");
    assertThat(fail(defect, "fail", "--debug")).isEqualTo(1);
    assertThat(err.toString()).contains("\tat " + getClass().getName());
  }

  @Test
  void shouldCheckAndCreateTopics(TestBroker broker) throws IOException {
    Path config =
        Files.writeString(
            folder.resolve("fermata.yaml"),
            "kafka.bootstrap.servers: "
                + broker.bootstrapServers()
                + "\ntopics: {partitions: 1, prefix: topics-command.}\n");
    assertThat(execute("topics", "check", "--config", config.toString())).isEqualTo(1);
    assertThat(out.toString()).contains("topics-command.inbox: missing (1 partitions, delete)");
    assertThat(execute("topics", "create", "--config", config.toString())).isZero();
    assertThat(out.toString()).contains("created topics-command.inbox");
    assertThat(execute("topics", "check", "--config", config.toString())).isZero();
    assertThat(out.toString()).contains("The topics are as the contract says.");
  }

  @Test
  void shouldEndWithTwoWhenTheConfigurationIsWrong() throws IOException {
    Path config = Files.writeString(folder.resolve("f.yaml"), "topics: {partition: 1}\n");
    assertThat(execute("topics", "check", "--config", config.toString())).isEqualTo(2);
    assertThat(err.toString())
        .contains("f.yaml:1:10: unknown key 'topics.partition'; did you mean 'topics.partitions'?");
  }
}
