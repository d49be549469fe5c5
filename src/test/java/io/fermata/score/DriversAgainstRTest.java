package io.fermata.score;

import static org.assertj.core.api.Assertions.assertThat;

import io.fermata.model.Channel;
import io.fermata.model.DriverReport;
import io.fermata.model.Pillar;
import io.fermata.model.ScoreKind;
import io.fermata.model.SurveyResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

/**
 * Drivers against what R's {@code lm} says of the same answers. {@code -Dfermata.golden=write}
 * writes the answers anew; {@code Rscript src/test/r/drivers.R} then says what is to be found.
 */
class DriversAgainstRTest {

  private static final Path ANSWERS = Path.of("src/test/r/answers.csv");
  private static final Path EXPECTED = Path.of("src/test/r/drivers.txt");
  private static final long SEED = 20_260_301;

  /** Both solve in doubles, over differently conditioned sums. */
  private static final Percentage NINE_DIGITS = Percentage.withPercentage(1e-7);

  @Test
  void shouldFindWhatRFinds() throws IOException {
    ScoreBook book = new ScoreBook(ScoreSettings.DEFAULTS);
    answers().forEach(book::add);
    Map<String, DriverReport> found = new TreeMap<>();
    for (Drivers one : book.drivers()) {
      if (one instanceof Drivers.Found drivers && one.window().equals("P1D")) {
        found.put(one.dimension(), drivers.report());
      }
    }

    int compared = 0;
    for (String line : Files.readAllLines(EXPECTED)) {
      String[] parts = line.split(" ");
      DriverReport report = found.get(parts[0]);
      double value = Double.parseDouble(parts[2]);
      double actual =
          switch (parts[1]) {
            case "n" -> report.n();
            case "r2" -> report.r2();
            case "intercept" -> report.intercept();
            default -> report.coefficients().get(parts[1]).value();
          };
      assertThat(actual).as(line).isCloseTo(value, NINE_DIGITS);
      if (parts.length > 3) {
        assertThat(report.coefficients().get(parts[1]).standardError())
            .as(line)
            .isCloseTo(Double.parseDouble(parts[3]), NINE_DIGITS);
      }
      compared++;
    }
    // All and two channels, the third of which has fewer than a hundred answers.
    assertThat(found.keySet()).containsExactly("all", "channel=VOICE", "channel=WEB");
    assertThat(compared).isEqualTo(3 * 9);
  }

  private static List<SurveyResponse> answers() throws IOException {
    String csv = generate();
    if ("write".equals(System.getProperty("fermata.golden"))) {
      Files.writeString(ANSWERS, csv);
    }
    assertThat(Files.readString(ANSWERS)).as("regenerate %s", ANSWERS).isEqualTo(csv);
    List<SurveyResponse> answers = new ArrayList<>();
    for (String line : csv.lines().skip(1).toList()) {
      String[] cells = line.split(",");
      Map<String, Double> pillars = new HashMap<>();
      for (int i = 0; i < 6; i++) {
        pillars.put(PillarBalances.PILLARS.get(i).name(), Double.valueOf(cells[2 + i]));
      }
      answers.add(
          new SurveyResponse(
              "r" + answers.size(),
              "customer:C",
              0,
              ScoreKind.NPS,
              Double.parseDouble(cells[1]),
              0,
              10,
              null,
              Channel.valueOf(cells[0]),
              null,
              null,
              null,
              null,
              pillars));
    }
    return answers;
  }

  /** Answers with pillars that go together, as they do where one thing goes wrong after another. */
  private static String generate() {
    Random random = new Random(SEED);
    StringBuilder csv = new StringBuilder("channel,nps");
    for (Pillar pillar : PillarBalances.PILLARS) {
      csv.append(',').append(pillar);
    }
    csv.append('\n');
    double[] made = {0.03, 0.035, 0.02, 0.03, 0.015, 0.025};
    for (int i = 0; i < 400; i++) {
      double mood = random.nextGaussian();
      double nps = 7 + 1.1 * random.nextGaussian();
      double[] scores = new double[made.length];
      for (int p = 0; p < made.length; p++) {
        scores[p] = 50 + 50 * StrictMath.tanh((mood + 1.5 * random.nextGaussian()) / 4);
        nps += made[p] * (scores[p] - 50);
      }
      String channel = i % 5 == 0 ? "BRANCH" : i % 2 == 0 ? "VOICE" : "WEB";
      csv.append(channel).append(',').append(Math.max(0, Math.min(10, Math.round(nps))));
      for (double score : scores) {
        csv.append(',').append(score);
      }
      csv.append('\n');
    }
    return csv.toString();
  }
}
