package io.fermata.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import picocli.CommandLine;

@Timeout(value = 240, unit = TimeUnit.SECONDS)
class DemoCommandTest {

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int demo(String... options) {
    CommandLine commandLine =
        Fermata.commandLine().setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    String[] arguments = new String[options.length + 1];
    arguments[0] = "demo";
    System.arraycopy(options, 0, arguments, 1, options.length);
    return commandLine.execute(arguments);
  }

  private long figure(String name) {
    Matcher matcher =
        Pattern.compile("(?m)^  " + Pattern.quote(name) + " +([0-9,]+)").matcher(out.toString());
    assertThat(matcher.find()).as("%s in%n%s", name, out).isTrue();
    return Long.parseLong(matcher.group(1).replace(",", ""));
  }

  @Test
  void shouldStopByItselfWithASummaryThatAddsUp() {
    assertThat(demo("--for", "PT8S", "--http-port", "0", "--customers", "500", "--rate", "500"))
        .as("%s%n%s", out, err)
        .isZero();
    assertThat(figure("touchpoints sent")).isBetween(100L, 8L * 500 + 500);
    assertThat(figure("in")).isEqualTo(figure("touchpoints sent"));
    assertThat(figure("folded") + figure("duplicates") + figure("dead letters"))
        .isEqualTo(figure("in"));
    assertThat(figure("alerts raised")).isPositive();
    assertThat(out.toString())
        .containsPattern("Kafka +127\\.0\\.0\\.1:\\d+ +registry http://127\\.0\\.0\\.1:\\d+")
        .contains("topics  fermata.touchpoints fermata.alerts ")
        .containsPattern("HTTP +http://127\\.0\\.0\\.1:\\d+/metrics")
        .contains("it adds up");
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void shouldEndWithTwoWhenAnOptionIsOutOfRange() {
    assertThat(demo("--speed", "0.5")).isEqualTo(2);
    assertThat(err.toString()).contains("--speed is 0.5, expected at least 1");
    assertThat(demo("--for", "PT0S")).isEqualTo(2);
    assertThat(err.toString()).contains("--for is PT0S, expected more than PT0S");
    assertThat(demo("--http-port", "70000")).isEqualTo(2);
    assertThat(err.toString()).contains("--http-port is 70000, expected 0 .. 65535");
  }
}
