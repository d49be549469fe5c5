package io.fermata.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class BenchCommandTest {

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int bench(String... options) {
    CommandLine fermata =
        Fermata.commandLine().setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    return fermata.execute(
        Stream.concat(Stream.of("bench"), Stream.of(options)).toArray(String[]::new));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--memory --anonymous 0.2",
        "--memory --answers 0.2",
        "--anonymous 0.2 --answers 0.2",
        "--memory --rules 40,400"
      })
  void shouldRefuseTwoMeasurementsAtOnce(String options) {
    assertThat(bench(options.split(" "))).isEqualTo(2);
    assertThat(err.toString()).contains("measurements of their own: expected one of them");
  }

  @Test
  void shouldRefuseToMeasureMemoryUnderRulesThatNoFileHas() {
    String home = System.setProperty("fermata.home", ".");
    try {
      assertThat(bench("--memory", "--rules", "40")).isEqualTo(2);
      assertThat(err.toString()).contains("--memory: expected a folder or file of rules");
    } finally {
      if (home == null) {
        System.clearProperty("fermata.home");
      } else {
        System.setProperty("fermata.home", home);
      }
    }
  }

  @Test
  void shouldNeedTheLauncherToMeasureMemory() {
    assertThat(System.getProperty("fermata.home")).isNull();
    assertThat(bench("--memory")).isEqualTo(2);
    assertThat(err.toString()).contains("needs to be started by it");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "a,b", "100000,1"})
  void shouldRefuseNumbersOfRulesThatAreNone(String numbers) {
    assertThat(bench("--rules", numbers + ",5")).isEqualTo(2);
    assertThat(err.toString()).contains("--rules: expected numbers from 1 to 99999");
  }

  @Test
  void shouldSayWhichSettingsAreTooSmall() {
    assertThat(bench("--touchpoints", "10")).isEqualTo(2);
    assertThat(err.toString()).contains("expected at least 1000 touchpoints");
  }
}
