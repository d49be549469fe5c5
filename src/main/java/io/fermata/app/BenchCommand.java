package io.fermata.app;

import io.fermata.bench.AnonymousBench;
import io.fermata.bench.AnswersBench;
import io.fermata.bench.Bench;
import io.fermata.bench.BenchSettings;
import io.fermata.bench.MemoryBench;
import io.fermata.bench.RuleCountBench;
import io.fermata.bench.RuleSource;
import io.fermata.embedded.BrokerProcess;
import io.fermata.embedded.EmbeddedRegistry;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code fermata bench}: what a touchpoint costs, beside bare Kafka Streams. */
@Command(
    name = "bench",
    description = {
      "Measure the pipeline, bare Kafka Streams with the same I/O, and the pure core side by side.",
      "The broker is a process of its own, so that its CPU time is not counted."
    },
    mixinStandardHelpOptions = true)
final class BenchCommand implements Callable<Integer> {

  private static final Pattern NUMBER = Pattern.compile("[1-9]\\d{0,4}");

  @Spec private CommandSpec spec;

  @Option(
      names = "--touchpoints",
      defaultValue = "200000",
      description = "Touchpoints per run (${DEFAULT-VALUE}).")
  private int touchpoints;

  @Option(
      names = "--customers",
      defaultValue = "10000",
      description = "Customers they belong to (${DEFAULT-VALUE}).")
  private int customers;

  @Option(
      names = "--rounds",
      defaultValue = "3",
      description = "Measured rounds after one to warm up (${DEFAULT-VALUE}).")
  private int rounds;

  @Option(
      names = "--partitions",
      defaultValue = "2",
      description = "Partitions of the topics (${DEFAULT-VALUE}).")
  private int partitions;

  @Option(
      names = "--threads",
      defaultValue = "1",
      description = "Stream threads (${DEFAULT-VALUE}).")
  private int threads;

  @Option(
      names = "--late",
      defaultValue = "0.01",
      description = "Share of touchpoints that arrive late (${DEFAULT-VALUE}).")
  private double late;

  @Option(
      names = "--duplicates",
      defaultValue = "0.01",
      description = "Share of touchpoints that arrive twice (${DEFAULT-VALUE}).")
  private double duplicates;

  @Option(
      names = "--answers",
      defaultValue = "0",
      description =
          "Share of touchpoints turned into answers to surveys; with any, the pipeline is measured"
              + " without and with them instead (${DEFAULT-VALUE}).")
  private double answers;

  @Option(
      names = "--anonymous",
      paramLabel = "SHARE",
      description = {
        "Instead: the pipeline with this share of touchpoints that carry a cookie alone,",
        "beside the same workload without."
      })
  private Double anonymous;

  @Option(
      names = "--memory",
      description = {
        "Instead: the memory that 'run' takes, started as users start it,",
        "while all touchpoints wait for it. On Linux."
      })
  private boolean memory;

  @Option(names = "--seed", defaultValue = "1", description = "Seed (${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--rules",
      paramLabel = "DIR|N[,N...]",
      split = ",",
      description = {
        "Folder or file of rules; by default 'rules', here or beside the program.",
        "A number: so many rules, derived from these. Several: the pure core under so many each."
      })
  private List<String> rules = List.of();

  @Option(
      names = "--bootstrap-servers",
      paramLabel = "HOST:PORT",
      description = "A broker to use; by default one is started and stopped.")
  private String bootstrapServers;

  @Override
  public Integer call() throws Exception {
    BenchSettings settings;
    try {
      settings =
          new BenchSettings(
              seed, touchpoints, customers, rounds, partitions, threads, late, duplicates, answers);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
    List<Integer> counts = counts();
    int kinds =
        (memory ? 1 : 0)
            + (anonymous != null ? 1 : 0)
            + (answers > 0 ? 1 : 0)
            + (counts.size() > 1 ? 1 : 0);
    if (kinds > 1) {
      throw new ParameterException(
          spec.commandLine(),
          "--memory, --anonymous, --answers and several numbers of --rules are measurements of"
              + " their own: expected one of them");
    }
    if (counts.size() > 1) {
      print(new RuleCountBench(settings, RulesPath.rules(null), counts, this::say).run());
      return 0;
    }
    if (memory) {
      MemoryBench bench = memory(settings, counts);
      print(onBroker(bench::run));
    } else if (anonymous != null) {
      AnonymousBench bench = anonymous(settings, counts);
      print(onBroker(bench::run));
    } else if (answers > 0) {
      AnswersBench bench = new AnswersBench(settings, source(counts), this::say);
      print(onBroker(bench::run));
    } else {
      Bench bench = new Bench(settings, source(counts), this::say);
      print(onBroker(bench::run).text());
    }
    return 0;
  }

  /** What needs a broker and a registry. */
  @FunctionalInterface
  private interface OnBroker<R> {
    R run(String bootstrapServers, String registryUrl) throws InterruptedException;
  }

  private <R> R onBroker(OnBroker<R> bench) throws Exception {
    try (EmbeddedRegistry registry = EmbeddedRegistry.start(0)) {
      if (bootstrapServers != null) {
        return bench.run(bootstrapServers, registry.url());
      }
      try (BrokerProcess broker = BrokerProcess.start()) {
        return bench.run(broker.bootstrapServers(), registry.url());
      }
    }
  }

  /** The numbers of rules asked for; none where a folder is, or nothing. */
  private List<Integer> counts() {
    if (rules.size() == 1 && !NUMBER.matcher(rules.get(0)).matches()) {
      return List.of();
    }
    for (String number : rules) {
      if (!NUMBER.matcher(number).matches()) {
        throw new ParameterException(
            spec.commandLine(),
            "--rules: expected numbers from 1 to 99999, or one folder or file; found '"
                + number
                + "'");
      }
    }
    return rules.stream().map(Integer::valueOf).sorted().toList();
  }

  private AnonymousBench anonymous(BenchSettings settings, List<Integer> counts) {
    try {
      return new AnonymousBench(settings, source(counts), anonymous, this::say);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  private MemoryBench memory(BenchSettings settings, List<Integer> counts) {
    String home = System.getProperty("fermata.home");
    if (home == null) {
      throw new ParameterException(
          spec.commandLine(),
          "--memory starts the launcher 'fermata': it needs to be started by it");
    }
    try {
      List<String> launcher = List.of(Path.of(home, "fermata").toString());
      return new MemoryBench(settings, source(counts), launcher, this::say);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), "--memory: " + e.getMessage(), e);
    }
  }

  private RuleSource source(List<Integer> counts) {
    Path path = counts.isEmpty() && !rules.isEmpty() ? Path.of(rules.get(0)) : null;
    int count = counts.isEmpty() ? 0 : counts.get(0);
    return new RuleSource(RulesPath.find(path), count);
  }

  private void print(String text) {
    spec.commandLine().getOut().print(text);
    spec.commandLine().getOut().flush();
  }

  private void say(String line) {
    spec.commandLine().getErr().println(line);
    spec.commandLine().getErr().flush();
  }
}
