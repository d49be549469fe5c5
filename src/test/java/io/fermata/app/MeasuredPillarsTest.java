package io.fermata.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.fermata.generate.GeneratorSettings;
import io.fermata.generate.NpsModel;
import io.fermata.generate.TouchpointGenerator;
import io.fermata.journey.CustomerFold;
import io.fermata.journey.FoldSettings;
import io.fermata.model.DriverReport;
import io.fermata.model.Pillar;
import io.fermata.model.Touchpoint;
import io.fermata.rules.RuleSet;
import io.fermata.score.Drivers;
import io.fermata.score.ScoreBook;
import io.fermata.score.ScoreSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Known coefficients in, the same coefficients out. */
class MeasuredPillarsTest {

  @Test
  void shouldFindTheCoefficientsThatAnswersWereMadeOf() {
    RuleSet rules = RulesPath.load(Path.of("rules"));
    Map<String, List<Touchpoint>> customers = new HashMap<>();
    GeneratorSettings settings = GeneratorSettings.of(11, 1_000, 60).withSurveys(1);
    TouchpointGenerator generator =
        new TouchpointGenerator(
            settings, incident -> {}, new MeasuredPillars(FoldSettings.DEFAULTS, rules));
    generator.forEachRemaining(
        touchpoint ->
            customers
                .computeIfAbsent(touchpoint.identifiers().get(0).value(), c -> new ArrayList<>())
                .add(touchpoint));
    ScoreBook book = new ScoreBook(ScoreSettings.DEFAULTS);
    customers.forEach(
        (number, theirs) ->
            CustomerFold.fold(
                    FoldSettings.DEFAULTS,
                    rules,
                    "customer:" + number,
                    theirs,
                    settings.end().toEpochMilli())
                .responses()
                .forEach(book::add));

    DriverReport found =
        book.drivers().stream()
            .filter(one -> one.dimension().equals("all") && one.window().equals("P90D"))
            .map(one -> ((Drivers.Found) one).report())
            .findFirst()
            .orElseThrow();

    assertThat(found.n()).isGreaterThan(100);
    for (Map.Entry<Pillar, Double> made : NpsModel.MEASURED.coefficients().entrySet()) {
      DriverReport.Coefficient coefficient = found.coefficients().get(made.getKey().name());
      assertThat(Math.abs(coefficient.value() - made.getValue()) / coefficient.standardError())
          .as("standard errors between %s and what %s was made of", coefficient, made)
          .isLessThan(3.5);
    }
    // And they say something: at least one is far from nothing.
    assertThat(found.coefficients().values())
        .anyMatch(one -> one.value() > 3 * one.standardError());
  }
}
