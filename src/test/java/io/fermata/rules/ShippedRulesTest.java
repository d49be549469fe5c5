package io.fermata.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.fermata.model.Ids;
import io.fermata.model.Polarity;
import io.fermata.model.Severity;
import io.fermata.rules.cel.RuleCompiler;
import io.fermata.rules.load.RuleLoader;
import io.fermata.rules.load.RuleTexts;
import io.fermata.rules.load.ScenarioLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ShippedRulesTest {

  private static final List<Rule> RULES = RuleLoader.load(Path.of("rules"));

  /** What the catalogue names, theme by theme. */
  private static final Map<String, List<String>> CATALOGUE =
      Map.of(
          "over-contact",
          List.of(
              "contact-flood",
              "channel-flood",
              "same-message-again",
              "cart-reminder-flood",
              "offer-at-every-login",
              "talking-to-a-wall",
              "driven-away",
              "at-the-wrong-hour",
              "broken-pause",
              "survey-fatigue",
              "missed-ritual"),
          "effort",
          List.of(
              "long-wait",
              "gave-up-waiting",
              "channel-hopping",
              "repeat-contact",
              "passed-around",
              "bot-dead-end",
              "bot-loop",
              "human-refused",
              "answer-not-found",
              "status-by-phone",
              "fast-but-empty",
              "wrong-tone",
              "unanswered"),
          "promises",
          List.of(
              "broken-callback",
              "late-delivery",
              "task-overrun",
              "no-renewal-notice",
              "harsh-reminder",
              "unsafe-channel",
              "valued-but-cheap",
              "costly-channel",
              "complaint-ignored",
              "detractor",
              "detractor-left-alone",
              "five-good-one-bad",
              "patience"),
          "good",
          List.of(
              "first-time-right",
              "quick-help",
              "promise-kept",
              "delivered-in-time",
              "helped-itself",
              "made-good",
              "told-in-time",
              "listened",
              "offer-that-fits",
              "ritual-held",
              "promoter"));

  private static final List<Scenario> SCENARIOS =
      ScenarioLoader.load(Path.of("rules", "scenarios"));

  @Test
  void shouldShipEveryRuleOfTheCatalogueUnderItsTheme() {
    Map<String, List<String>> shipped =
        RULES.stream()
            .collect(
                Collectors.groupingBy(
                    Rule::theme, Collectors.mapping(Rule::id, Collectors.toList())));
    assertThat(shipped).containsOnlyKeys(CATALOGUE.keySet());
    shipped.forEach(
        (theme, ids) ->
            assertThat(ids).as(theme).containsExactlyInAnyOrderElementsOf(CATALOGUE.get(theme)));
  }

  @Test
  void shouldSpeakEnglishAndPolish() {
    assertThat(RULES)
        .allSatisfy(
            rule -> {
              assertThat(rule.title()).as(rule.id()).containsOnlyKeys("en", "pl");
              assertThat(rule.advice()).as(rule.id()).containsOnlyKeys("en", "pl");
              assertThat(rule.title().get("en")).isNotEqualTo(rule.title().get("pl"));
              assertThat(rule.advice().get("en")).isNotEqualTo(rule.advice().get("pl"));
            });
  }

  @Test
  void shouldCallGoodWhatStandsAmongTheGoodAndNothingElse() {
    assertThat(RULES)
        .allSatisfy(
            rule -> {
              boolean good = rule.theme().equals("good");
              assertThat(rule.polarity())
                  .as(rule.id())
                  .isEqualTo(good ? Polarity.GOOD : Polarity.BAD);
              if (good) {
                assertThat(rule.severity()).as(rule.id()).isEqualTo(Severity.LOW);
              }
            });
  }

  @Test
  void shouldShowOfEveryRuleARaiseANearMissAndTheEdge() {
    assertThat(RULES)
        .allSatisfy(
            rule ->
                assertThat(ScenarioCoverage.missing(rule.id(), SCENARIOS)).as(rule.id()).isEmpty());
  }

  @Test
  void shouldMeetATouchpointOnlyWithRulesThatCanMatchIt() {
    RuleSet rules = RuleCompiler.compile(RULES);
    assertThat(rules.forTouchpoint("callback.made"))
        .extracting(planned -> planned.rule().rule().id() + " " + planned.roles())
        // Anything outbound may answer a detractor, have the wrong tone or be unsafe; anything
        // inbound breaks the silence.
        .containsExactly(
            "broken-callback " + PlannedRule.FINISH,
            "detractor-left-alone " + PlannedRule.FINISH,
            "promise-kept " + (PlannedRule.FINISH | PlannedRule.BREAK),
            "talking-to-a-wall " + PlannedRule.BREAK,
            "unsafe-channel " + PlannedRule.START,
            "wrong-tone " + PlannedRule.START);
    assertThat(rules.forTouchpoint("page.viewed"))
        .extracting(planned -> planned.rule().rule().id())
        .containsExactly(
            "detractor-left-alone", "talking-to-a-wall", "unsafe-channel", "wrong-tone");
    assertThat(rules.forExperience("experience.bad"))
        .extracting(planned -> planned.rule().rule().id() + " " + planned.roles())
        .containsExactly("five-good-one-bad " + PlannedRule.BREAK, "patience " + PlannedRule.START);
    assertThat(rules.forExperience("experience.good"))
        .extracting(planned -> planned.rule().rule().id() + " " + planned.roles())
        .containsExactly("five-good-one-bad " + PlannedRule.START);
  }

  @Test
  void shouldBeTheSameRulesAfterHavingBeenStoredAsText() {
    RuleSet rules = RuleCompiler.compile(RULES);
    RuleSet read = RuleTexts.read("stored", RuleTexts.write(rules));

    assertThat(read.fingerprint()).isEqualTo(rules.fingerprint());
    assertThat(read.rules())
        .extracting(rule -> rule.rule().version())
        .containsExactlyElementsOf(
            rules.rules().stream().map(rule -> rule.rule().version()).toList());
  }

  @Test
  void shouldNameARuleAndItsVersionByTheFirstBytesOfTheirHash() {
    RuleSet rules = RuleCompiler.compile(RULES);
    for (CompiledRule rule : rules.rules()) {
      String hash = Ids.sha256(rule.rule().id() + "\n" + rule.rule().version(), 8);
      assertThat(String.format("%08x", rule.key())).isEqualTo(hash);
      assertThat(rules.byKey(rule.key())).isSameAs(rule);
    }
  }
}
