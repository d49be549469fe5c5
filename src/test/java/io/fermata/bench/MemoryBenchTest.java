package io.fermata.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fermata.app.Fermata;
import io.fermata.embedded.EmbeddedRegistry;
import io.fermata.it.SharedBroker;
import io.fermata.it.TestBroker;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;

@EnabledOnOs(OS.LINUX)
@ExtendWith(SharedBroker.class)
@Timeout(value = 180, unit = TimeUnit.SECONDS)
class MemoryBenchTest {

  private static final BenchSettings SETTINGS =
      new BenchSettings(5, 2000, 100, 1, 1, 1, 0.01, 0.02, 0);
  private static final RuleSource RULES = new RuleSource(Path.of("rules"), 0);

  private static List<String> fermata() {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Xmx256m",
        "-XX:TieredStopAtLevel=1",
        "-cp",
        System.getProperty("java.class.path"),
        Fermata.class.getName());
  }

  @Test
  void shouldMeasureARunUntilItHasTakenEverythingAndLeaveNothing(TestBroker broker)
      throws Exception {
    try (EmbeddedRegistry registry = EmbeddedRegistry.start(0)) {
      MemoryBench bench = new MemoryBench(SETTINGS, RULES, fermata(), line -> {});
      String text = bench.run(broker.bootstrapServers(), registry.url());

      assertThat(text).startsWith("run: 2,000 touchpoints of 100 customers");
      assertThat(
              number(text, "([\\d,]+) folded")
                  + number(text, "([\\d,]+) duplicates")
                  + number(text, "([\\d,]+) dead letters"))
          .isEqualTo(SETTINGS.touchpoints());
      assertThat(number(text, "([\\d,]+) duplicates")).isPositive();
      // A JVM with a heap of 256 MiB takes tens of MiB, and not thousands.
      assertThat(number(text, "at its highest +([\\d,]+) MiB")).isBetween(50L, 2000L);
      assertThat(number(text, "at the end +([\\d,]+) MiB"))
          .isBetween(50L, number(text, "at its highest +([\\d,]+) MiB"));
    }
    assertThat(topics(broker)).noneMatch(topic -> topic.startsWith("bench-"));
  }

  @Test
  void shouldSayWhatDidNotStart(TestBroker broker) throws Exception {
    try (EmbeddedRegistry registry = EmbeddedRegistry.start(0)) {
      MemoryBench bench = new MemoryBench(SETTINGS, RULES, List.of("echo"), line -> {});
      assertThatThrownBy(() -> bench.run(broker.bootstrapServers(), registry.url()))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("echo run did not start: run");
    }
    assertThat(topics(broker)).noneMatch(topic -> topic.startsWith("bench-"));
  }

  @Test
  void shouldRefuseRulesThatNoProcessCanRead() {
    assertThatThrownBy(
            () ->
                new MemoryBench(
                    SETTINGS, new RuleSource(Path.of("rules"), 40), fermata(), line -> {}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("expected a folder or file of rules, not a number");
  }

  private static Set<String> topics(TestBroker broker) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      return admin.listTopics().names().get();
    }
  }

  private static long number(String text, String pattern) {
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    assertThat(matcher.find()).as("%s in %s", pattern, text).isTrue();
    return Long.parseLong(matcher.group(1).replace(",", ""));
  }
}
