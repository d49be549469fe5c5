package io.fermata.app;

import io.fermata.identity.IdentitySettings;
import io.fermata.journey.FoldSettings;
import io.fermata.replay.InputException;
import io.fermata.replay.Replay;
import io.fermata.replay.ReplayEngine;
import io.fermata.replay.ReplayResult;
import io.fermata.replay.ReplaySettings;
import io.fermata.replay.ReplaySpeed;
import io.fermata.replay.TouchpointSources;
import io.fermata.replay.ViewFiles;
import io.fermata.replay.kafka.KafkaReplay;
import io.fermata.replay.mapping.Mapping;
import io.fermata.replay.mapping.MappingException;
import io.fermata.replay.mapping.MappingLoader;
import io.fermata.rules.load.RuleProblemsException;
import io.fermata.score.ScoreSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.LongConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code fermata replay}: folds files of touchpoints into their final views. */
@Command(
    name = "replay",
    mixinStandardHelpOptions = true,
    description = "Folds files of touchpoints and writes the final alerts, journeys and summary.",
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {
      "0:done",
      "1:the work failed",
      "2:wrong usage, rules or mapping; with the file, line and what was expected"
    })
public final class ReplayCommand implements Callable<Integer> {

  private static final long MEBIBYTE = 1 << 20;

  @Option(
      names = "--input",
      required = true,
      arity = "1..*",
      paramLabel = "FILE",
      description = "touchpoints: .jsonl, or with --mapping .csv, .tsv and others; also .gz")
  private List<Path> inputs;

  @Option(
      names = "--links",
      arity = "1..*",
      paramLabel = "FILE",
      description = "links between identifiers: .jsonl or .jsonl.gz; see docs/identity.md")
  private List<Path> links = List.of();

  @Option(
      names = "--mapping",
      paramLabel = "FILE",
      description = "how rows become touchpoints; see docs/mapping.md")
  private Path mapping;

  @Option(
      names = "--rules",
      paramLabel = "DIR",
      defaultValue = "rules",
      description =
          "folder or file of rules, here or beside the program (default: ${DEFAULT-VALUE})")
  private Path rules;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "folder to write; files of an earlier replay are replaced")
  private Path out;

  @Option(
      names = "--until",
      paramLabel = "TIME",
      description =
          "settle the clock here (2026-03-01T00:00:00Z) instead of at the greatest time seen;"
              + " it is never set before that")
  private Instant until;

  @Option(
      names = "--lateness",
      paramLabel = "DURATION",
      description =
          "take the lines in their order as arrivals, with the stream's limit (P7D); without it"
              + " any order is allowed")
  private Duration lateness;

  @Option(
      names = "--via-kafka",
      description =
          "through an embedded broker and the topology that runs against a cluster: the same files")
  private boolean viaKafka;

  @Option(
      names = "--score-zone",
      paramLabel = "ZONE",
      defaultValue = "UTC",
      description = "time zone of the days of scores, as Europe/Warsaw (default: ${DEFAULT-VALUE})")
  private String scoreZone;

  @Option(
      names = "--score-pairs",
      paramLabel = "PAIR",
      split = ",",
      description = "further dimensions of scores, each of two, as channel+topic,area+segment")
  private List<String> scorePairs = List.of();

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "threads that decode and fold (default: one for each processor)")
  private int threads = Runtime.getRuntime().availableProcessors();

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter err = spec.commandLine().getErr();
    try {
      String wrong = usageProblem();
      if (wrong != null) {
        err.println(wrong);
        return 2;
      }
      ScoreSettings scores;
      try {
        scores = ScoreSettings.parse(scoreZone, scorePairs);
      } catch (IllegalArgumentException e) {
        err.println("--" + e.getMessage().replaceFirst("\\.", "-"));
        return 2;
      }
      Mapping rows = mapping == null ? null : MappingLoader.load(mapping);
      TouchpointSources sources = new TouchpointSources(inputs, rows, links);
      ReplaySettings settings =
          new ReplaySettings(
              FoldSettings.DEFAULTS,
              RulesPath.load(rules),
              IdentitySettings.DEFAULTS,
              until == null ? null : until.toEpochMilli(),
              threads,
              scores);
      ReplaySpeed.Stopwatch watch = ReplaySpeed.start();
      ReplayResult result = run(engine(), sources, settings);
      ReplaySpeed speed = watch.stop(result.counts().touchpoints());
      ViewFiles.write(out, result, speed);
      report(result, speed);
      return 0;
    } catch (MappingException | RuleProblemsException | InputException e) {
      err.println(e.getMessage());
      return 2;
    } catch (IOException e) {
      err.println("replay failed: " + e.getMessage());
      return 1;
    }
  }

  private String usageProblem() {
    if (threads < 1) {
      return "--threads is " + threads + ", expected 1 or more";
    }
    if (lateness != null && lateness.isNegative()) {
      return "--lateness is " + lateness + ", expected no less than PT0S";
    }
    return Files.exists(out) && !Files.isDirectory(out)
        ? "--out is " + out + ", a file, expected a folder"
        : null;
  }

  private ReplayEngine engine() {
    if (viaKafka) {
      return lateness == null ? new KafkaReplay() : KafkaReplay.withLateness(lateness.toMillis());
    }
    return lateness == null ? new Replay() : Replay.withLateness(lateness.toMillis());
  }

  private static ReplayResult run(
      ReplayEngine engine, TouchpointSources sources, ReplaySettings settings)
      throws IOException, InterruptedException {
    if (!isTerminal()) {
      return engine.run(sources, settings, bytes -> {});
    }
    try (ProgressBar bar =
        new ProgressBarBuilder()
            .setTaskName("replay")
            .setInitialMax(sources.size())
            .setUnit(" MiB", MEBIBYTE)
            .setStyle(ProgressBarStyle.ASCII)
            .build()) {
      LongConsumer step = bar::stepBy;
      return engine.run(sources, settings, step);
    }
  }

  /** From Java 22 on there is a console without a terminal as well. */
  @SuppressWarnings("SystemConsoleNull")
  private static boolean isTerminal() {
    if (System.console() == null) {
      return false;
    }
    try {
      return (Boolean) java.io.Console.class.getMethod("isTerminal").invoke(System.console());
    } catch (NoSuchMethodException before22) {
      return true;
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("Console.isTerminal is public and throws nothing", e);
    }
  }

  private void report(ReplayResult result, ReplaySpeed speed) {
    ReplayResult.Counts counts = result.counts();
    PrintWriter console = spec.commandLine().getOut();
    console.printf(
        Locale.ROOT,
        "%,d rows: %,d touchpoints folded, %,d duplicates, %,d skipped, %,d dead letters%s%n"
            + "%,d customers, %,d alerts, %,d journeys in %s (%.1f s, %,.0f touchpoints a second)%n",
        counts.rows(),
        counts.folded(),
        counts.duplicates(),
        counts.skipped(),
        result.deadLetters().size(),
        counts.links() == 0 ? "" : String.format(Locale.ROOT, ", %,d links", counts.links()),
        counts.customers(),
        result.alerts().size(),
        result.journeys().size(),
        out,
        speed.seconds(),
        speed.touchpointsPerSecond());
    console.flush();
  }
}
