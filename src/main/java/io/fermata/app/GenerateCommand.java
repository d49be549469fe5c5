package io.fermata.app;

import io.fermata.codec.json.TouchpointJson;
import io.fermata.demo.LiveFeed;
import io.fermata.generate.GeneratorSettings;
import io.fermata.generate.Industry;
import io.fermata.generate.NpsModel;
import io.fermata.generate.PillarMeter;
import io.fermata.generate.TouchpointGenerator;
import io.fermata.journey.FoldSettings;
import io.fermata.model.Touchpoint;
import io.fermata.rules.load.RuleProblemsException;
import io.fermata.runtime.ShutdownHook;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.zip.GZIPOutputStream;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code fermata generate}: touchpoints of simulated customers as a file. */
@Command(
    name = "generate",
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    description = {
      "Writes touchpoints of simulated customers as JSON Lines.",
      "The same options give the same file, byte for byte. See docs/generator.md."
    })
public final class GenerateCommand implements Callable<Integer> {

  private static final long MILLIS_PER_DAY = Duration.ofDays(1).toMillis();

  @Spec private CommandSpec spec;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Every draw derives from it.")
  private long seed;

  @Option(
      names = "--customers",
      paramLabel = "N",
      defaultValue = "1000",
      description = "How many customers.")
  private int customers;

  @Option(names = "--days", paramLabel = "N", defaultValue = "30", description = "How many days.")
  private int days;

  @ArgGroup(multiplicity = "1")
  private Target target;

  private static final class Target {
    @Option(
        names = "--out",
        paramLabel = "FILE",
        required = true,
        description = "The file, .jsonl or .jsonl.gz, in the order of arrival.")
    private Path out;

    @Option(
        names = "--live",
        required = true,
        description =
            "Send them to the configured cluster instead, from now on and in real time, until"
                + " Ctrl-C; --start, --days and --truth are not looked at.")
    private boolean live;
  }

  @Mixin private ConfigOption config;

  @Option(
      names = "--truth",
      paramLabel = "FILE",
      description = "A file for the injected incidents and the rules they should trigger.")
  private Path truth;

  @Option(
      names = "--nps-truth",
      paramLabel = "FILE",
      description = {
        "NPS answers follow the pillar scores that the rules measure, instead of what the customer"
            + " remembers; what they are made of goes into this file. Not with --anonymous."
      })
  private Path npsTruth;

  @Option(
      names = "--rules",
      paramLabel = "PATH",
      defaultValue = "rules",
      description = "The rules that measure for --nps-truth, here or beside the program.")
  private Path rules;

  @Option(
      names = "--start",
      paramLabel = "TIME",
      defaultValue = "2026-03-01T00:00:00Z",
      description = "The first moment, ISO-8601.")
  private Instant start;

  @Option(
      names = "--late",
      paramLabel = "SHARE",
      defaultValue = "0",
      description = "Share (0..1) of touchpoints that arrive late, up to six days.")
  private double late;

  @Option(
      names = "--duplicates",
      paramLabel = "SHARE",
      defaultValue = "0",
      description = "Share (0..1) of touchpoints that arrive twice.")
  private double duplicates;

  @Option(
      names = "--anonymous",
      paramLabel = "SHARE",
      defaultValue = "0",
      description = "Share (0..1) of customers seen as visitors before they log in.")
  private double anonymous;

  @Option(
      names = "--surveys",
      paramLabel = "SHARE",
      defaultValue = "" + GeneratorSettings.DEFAULT_SURVEYS,
      description = "Share (0..1) of contacts and deliveries that a survey may follow.")
  private double surveys;

  @Option(
      names = "--incidents",
      paramLabel = "SHARE",
      defaultValue = "" + GeneratorSettings.DEFAULT_INCIDENTS,
      description = "Share (0..1) of needs in whose place a bad experience is injected.")
  private double incidents;

  @Option(
      names = "--industry",
      paramLabel = "NAME",
      split = ",",
      defaultValue = "telecom,bank,shop",
      converter = IndustryConverter.class,
      description = "Whose customers: telecom, bank, shop.")
  private List<Industry> industries;

  private static final class IndustryConverter implements ITypeConverter<Industry> {
    @Override
    public Industry convert(String value) {
      try {
        return Industry.parse(value);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }

  @Override
  public Integer call() {
    GeneratorSettings settings = settings();
    PrintWriter err = spec.commandLine().getErr();
    if (npsTruth != null && (anonymous > 0 || target.live)) {
      throw new ParameterException(
          spec.commandLine(), "--nps-truth goes with neither --anonymous nor --live");
    }
    if (target.live) {
      return sendLive(settings, err);
    }
    try {
      Written written = write(settings, npsTruth == null ? null : meter());
      err.printf(
          Locale.ROOT,
          "%,d touchpoints of %,d customers over %,d days in %s%n",
          written.touchpoints,
          customers,
          days,
          target.out);
      if (truth != null) {
        err.printf(Locale.ROOT, "%,d injected incidents in %s%n", written.incidents, truth);
      }
      return 0;
    } catch (RuleProblemsException e) {
      err.println(e.getMessage());
      return 2;
    } catch (UncheckedIOException e) {
      return failed(err, e.getCause());
    } catch (IOException e) {
      return failed(err, e);
    }
  }

  private int sendLive(GeneratorSettings settings, PrintWriter err) {
    LiveFeed feed = new LiveFeed(config.load(), settings, Clock.systemUTC());
    try (ShutdownHook hook = new ShutdownHook(feed::stop)) {
      feed.run();
    }
    err.printf(Locale.ROOT, "%,d touchpoints sent%n", feed.sent());
    return 0;
  }

  private GeneratorSettings settings() {
    if (days < 1) {
      throw new ParameterException(
          spec.commandLine(), "--days is " + days + ", expected at least 1");
    }
    try {
      return new GeneratorSettings(
          seed,
          customers,
          start,
          start.plus(Duration.ofDays(days)),
          late,
          duplicates,
          anonymous,
          surveys,
          incidents,
          industries);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), "--" + e.getMessage(), e);
    }
  }

  private static final class Written {
    long touchpoints;
    long incidents;
  }

  /** Measures as a replay with default settings does, and says what answers are made of. */
  private PillarMeter meter() throws IOException {
    MeasuredPillars meter = new MeasuredPillars(FoldSettings.DEFAULTS, RulesPath.load(rules));
    try (Writer out = open(npsTruth)) {
      writeLine(out, NpsModelJson.write(NpsModel.MEASURED));
    }
    return meter;
  }

  /**
   * @param meter null where answers follow what customers remember
   */
  private Written write(GeneratorSettings settings, PillarMeter meter) throws IOException {
    Written written = new Written();
    try (Writer lines = open(target.out);
        Writer incidentLines = truth == null ? Writer.nullWriter() : open(truth);
        ProgressBar progress = onTerminal() ? progressBar() : null) {
      TouchpointGenerator generator =
          new TouchpointGenerator(
              settings,
              incident -> {
                writeLine(incidentLines, IncidentJson.write(incident));
                written.incidents++;
              },
              meter);
      long reached = start.toEpochMilli();
      while (generator.hasNext()) {
        Touchpoint touchpoint = generator.next();
        writeLine(lines, TouchpointJson.write(touchpoint));
        written.touchpoints++;
        if (progress != null && touchpoint.occurredAt() > reached) {
          reached = touchpoint.occurredAt();
          progress.stepTo((reached - start.toEpochMilli()) / MILLIS_PER_DAY);
        }
      }
      if (progress != null) {
        progress.stepTo(days);
      }
    }
    return written;
  }

  private ProgressBar progressBar() {
    return new ProgressBarBuilder()
        .setTaskName("generate")
        .setInitialMax(days)
        .setUnit(" days", 1)
        .showSpeed()
        .build();
  }

  // Java 22 to 24 always have a console; there a redirected run merely shows its progress too.
  @SuppressWarnings("SystemConsoleNull")
  private static boolean onTerminal() {
    return System.console() != null;
  }

  private static void writeLine(Writer writer, String line) {
    try {
      writer.write(line);
      writer.write('\n');
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Writer open(Path file) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    OutputStream bytes = Files.newOutputStream(file);
    try {
      OutputStream packed =
          file.toString().endsWith(".gz") ? new GZIPOutputStream(bytes, 1 << 16) : bytes;
      return new BufferedWriter(new OutputStreamWriter(packed, StandardCharsets.UTF_8), 1 << 16);
    } catch (IOException e) {
      bytes.close();
      throw e;
    }
  }

  private static int failed(PrintWriter err, IOException e) {
    String reason =
        e instanceof FileSystemException
            ? e.getClass().getSimpleName() + ": " + e.getMessage()
            : e.getMessage();
    err.println("fermata generate: cannot write: " + reason);
    return 1;
  }
}
