package io.fermata.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fermata.codec.json.TouchpointJson;
import io.fermata.model.ScoreKind;
import io.fermata.model.Touchpoint;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class GenerateCommandTest {

  @TempDir Path folder;

  private final StringWriter err = new StringWriter();

  @Test
  void shouldWriteTheSameBytesWhenTheSeedIsTheSame() throws IOException {
    assertThat(run("--customers=80", "--days=10", "--late=0.1", "--out=" + file("a"))).isZero();
    assertThat(run("--customers=80", "--days=10", "--late=0.1", "--out=" + file("b"))).isZero();
    assertThat(run("--customers=80", "--days=10", "--seed=2", "--out=" + file("c"))).isZero();

    assertThat(file("a")).hasSameBinaryContentAs(file("b"));
    assertThat(Files.mismatch(file("a"), file("c"))).isNotNegative();
  }

  @Test
  void shouldWriteTouchpointsThatCanBeReadAndTheTruthAboutThem() throws Exception {
    int status =
        run("--customers=300", "--incidents=0.3", "--out=" + file("t"), "--truth=" + file("truth"));

    assertThat(status).isZero();
    Set<String> ids = new HashSet<>();
    for (String line : Files.readAllLines(file("t"))) {
      Touchpoint t = TouchpointJson.read(line);
      assertThat(TouchpointJson.write(t)).isEqualTo(line);
      ids.add(t.id());
    }
    ObjectMapper json = new ObjectMapper();
    assertThat(Files.readAllLines(file("truth"))).isNotEmpty();
    for (String line : Files.readAllLines(file("truth"))) {
      JsonNode incident = json.readTree(line);
      assertThat(incident.fieldNames())
          .toIterable()
          .containsExactly("rule", "customer", "from", "until", "touchpoints", "why");
      assertThat(incident.get("from").textValue()).matches("2026-03-\\d\\dT[\\d:]{8}\\.\\d{3}Z");
      for (JsonNode id : incident.get("touchpoints")) {
        assertThat(ids).contains(id.textValue());
      }
    }
    assertThat(err.toString()).contains("touchpoints of 300 customers over 30 days");
  }

  @Test
  void shouldSayWhatAnswersAreMadeOf() throws Exception {
    String[] same = {"--customers=60", "--days=40", "--surveys=1"};
    assertThat(run(same[0], same[1], same[2], "--out=" + file("a"))).isZero();
    assertThat(run(same[0], same[1], same[2], "--out=" + file("b"), "--nps-truth=" + file("nps")))
        .isZero();

    JsonNode model = new ObjectMapper().readTree(Files.readString(file("nps")));
    assertThat(model.get("base").doubleValue()).isEqualTo(6.5);
    assertThat(model.get("coefficients").get("RESOLUTION").doubleValue()).isEqualTo(0.035);
    assertThat(model.get("coefficients").size()).isEqualTo(6);
    Set<String> before = answers(file("a"));
    Set<String> after = answers(file("b"));
    assertThat(after).isNotEqualTo(before).isNotEmpty();
  }

  private static Set<String> answers(Path path) throws Exception {
    Set<String> answers = new HashSet<>();
    for (String line : Files.readAllLines(path)) {
      Touchpoint t = TouchpointJson.read(line);
      if (t.score() != null && t.score().kind() == ScoreKind.NPS) {
        answers.add(t.occurredAt() + " " + t.identifiers() + " " + t.score().value());
      }
    }
    return answers;
  }

  @Test
  void shouldRefuseKnownCoefficientsForVisitors() {
    assertThat(run("--anonymous=0.1", "--out=" + file("a"), "--nps-truth=" + file("nps")))
        .isEqualTo(2);
    assertThat(err.toString()).contains("--nps-truth goes with neither --anonymous nor --live");
  }

  @Test
  void shouldPackTheSameLinesWhenTheNameEndsInGz() throws IOException {
    Path packed = folder.resolve("a.jsonl.gz");
    run("--customers=20", "--days=5", "--out=" + packed);
    run("--customers=20", "--days=5", "--out=" + file("a"));

    try (GZIPInputStream in = new GZIPInputStream(Files.newInputStream(packed))) {
      assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8))
          .isEqualTo(Files.readString(file("a")));
    }
  }

  @Test
  void shouldRefuseWrongOptionsWithStatusTwo() {
    assertThat(run("--late=2", "--out=" + file("x"))).isEqualTo(2);
    assertThat(err.toString()).contains("--late is 2.0, expected 0 .. 1");
    assertThat(run("--days=0", "--out=" + file("x"))).isEqualTo(2);
    assertThat(err.toString()).contains("--days is 0, expected at least 1");
    assertThat(run("--industry=bank,farm", "--out=" + file("x"))).isEqualTo(2);
    assertThat(err.toString()).contains("unknown industry 'farm'");
    assertThat(run("--customers=10")).isEqualTo(2);
    assertThat(file("x")).doesNotExist();
  }

  @Test
  void shouldFailWithStatusOneWhenTheFileCannotBeWritten() {
    assertThat(run("--customers=2", "--days=1", "--out=" + folder)).isEqualTo(1);
    assertThat(err.toString())
        .contains("fermata generate: cannot write")
        .contains(folder.toString());
  }

  private Path file(String name) {
    return folder.resolve(name + ".jsonl");
  }

  private int run(String... args) {
    return new CommandLine(new GenerateCommand()).setErr(new PrintWriter(err, true)).execute(args);
  }
}
