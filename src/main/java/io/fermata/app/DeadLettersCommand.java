package io.fermata.app;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fermata.model.DeadLetterReason;
import io.fermata.runtime.DeadLetterTopic;
import io.fermata.runtime.StoredDeadLetter;
import io.fermata.runtime.config.FermataConfig;
import io.fermata.topology.TopicNames;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code fermata dead-letters list|redrive}. */
@Command(
    name = "dead-letters",
    description = "Look through the dead letters, or send them again.",
    mixinStandardHelpOptions = true)
final class DeadLettersCommand implements Runnable {

  private static final ObjectMapper JSON = new ObjectMapper();

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "say list or redrive");
  }

  /** Which dead letters are meant; all of them by default. */
  private static final class Selection {

    @Option(
        names = "--reason",
        paramLabel = "CODE",
        split = ",",
        description = "Only these: ${COMPLETION-CANDIDATES}.")
    private Set<DeadLetterReason> reasons = Set.of();

    @Option(
        names = "--since",
        paramLabel = "TIME",
        description = "Only those written at this time (2026-03-01T10:00:00Z) or later.")
    private Instant since = Instant.EPOCH;

    @Option(
        names = "--position",
        paramLabel = "PARTITION/OFFSET",
        split = ",",
        description = "Only those at these places, as list shows them.")
    private Set<String> positions = Set.of();

    private boolean matches(StoredDeadLetter letter) {
      boolean reason =
          reasons.isEmpty()
              || reasons.stream().anyMatch(each -> each.name().equals(letter.reason()));
      boolean position = positions.isEmpty() || positions.contains(letter.position());
      return reason && position && letter.at() >= since.toEpochMilli();
    }
  }

  @Command(
      name = "list",
      description = "Print dead letters, one a line: place, time, reason, key, origin, detail.",
      mixinStandardHelpOptions = true)
  int list(
      @Mixin ConfigOption option,
      @Mixin Selection selection,
      @Option(
              names = "--limit",
              paramLabel = "N",
              defaultValue = "50",
              description = "The newest N of each partition (${DEFAULT-VALUE}).")
          int limit,
      @Option(names = "--json", description = "As JSON Lines.") boolean json)
      throws JsonProcessingException {
    if (limit < 1) {
      throw new ParameterException(
          spec.commandLine(), "--limit is " + limit + ", expected at least 1");
    }
    Map<String, Deque<StoredDeadLetter>> newest = new TreeMap<>();
    Map<String, Long> counts = new TreeMap<>();
    try (DeadLetterTopic topic = topic(option.load())) {
      topic.forEach(
          letter -> {
            if (selection.matches(letter)) {
              counts.merge(String.valueOf(letter.reason()), 1L, Long::sum);
              Deque<StoredDeadLetter> last =
                  newest.computeIfAbsent(
                      letter.position().split("/", -1)[0], partition -> new ArrayDeque<>());
              last.add(letter);
              if (last.size() > limit) {
                last.remove();
              }
            }
          });
    }
    for (Deque<StoredDeadLetter> letters : newest.values()) {
      for (StoredDeadLetter letter : letters) {
        out().println(json ? JSON.writeValueAsString(fields(letter)) : line(letter));
      }
    }
    if (!json) {
      out().println(counts.isEmpty() ? "There are none." : "In all: " + counts);
    }
    out().flush();
    return ExitCode.OK;
  }

  @Command(
      name = "redrive",
      description = {
        "Send dead letters again to the topic they came from, as they came.",
        "The header fermata.redriven-from says which they were. What was folded meanwhile is a"
            + " duplicate; what fails again is a dead letter again."
      },
      mixinStandardHelpOptions = true)
  int redrive(@Mixin ConfigOption option, @Mixin Selection selection) {
    DeadLetterTopic.Redriven redriven;
    try (DeadLetterTopic topic = topic(option.load())) {
      redriven = topic.redrive(selection::matches);
    }
    out().println(redriven.sent() + " sent again");
    if (redriven.withoutBytes() > 0) {
      out().println(redriven.withoutBytes() + " not sent: their bytes are not in the dead letters");
    }
    if (redriven.superseded() > 0) {
      out()
          .println(
              redriven.superseded() + " not sent: sent before, and a later dead letter came of it");
    }
    out().flush();
    return ExitCode.OK;
  }

  private static DeadLetterTopic topic(FermataConfig config) {
    return new DeadLetterTopic(
        new TopicNames(config.topics().prefix()).deadLetters(),
        config.kafka().clientProperties(),
        config.topics().startTimeout());
  }

  private static Map<String, Object> fields(StoredDeadLetter letter) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("position", letter.position());
    fields.put("at", Instant.ofEpochMilli(letter.at()).toString());
    fields.put("reason", letter.reason());
    fields.put("detail", letter.detail());
    fields.put("key", text(letter.key()));
    fields.put("from", letter.from());
    fields.put("redrivenFrom", letter.redrivenFrom());
    fields.put("bytes", letter.value() == null ? null : letter.value().length);
    return fields;
  }

  private static String line(StoredDeadLetter letter) {
    return "%s  %s  %s  key %s  from %s  %s"
        .formatted(
            letter.position(),
            Instant.ofEpochMilli(letter.at()),
            letter.reason(),
            text(letter.key()),
            letter.from(),
            // A detail may quote what was sent: nothing of it may steer a terminal.
            String.valueOf(letter.detail()).replaceAll("\\p{Cntrl}", " "));
  }

  private static String text(byte[] key) {
    return key == null
        ? null
        : new String(key, StandardCharsets.UTF_8).replaceAll("\\p{Cntrl}", " ");
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }
}
