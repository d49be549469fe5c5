package io.fermata.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.fermata.journey.FoldSettings;
import io.fermata.journey.KeeperSettings;
import io.fermata.model.Alert;
import io.fermata.model.Change;
import io.fermata.rules.RuleSet;
import io.fermata.topology.TestPipeline.Published;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A restart with other rules on the same state. */
class ChangedRulesTest extends PipelineTest {

  private static final String PASSED_AROUND =
      """
        - id: passed-around
          title: {en: Passed around}
          pillar: TIME_AND_EFFORT
          severity: HIGH
          single: {where: "type == 'contact.ended' && transfers >= 2", measure: transfers}
      """;

  private static final RuleSet MORE = rules(RULES + PASSED_AROUND);
  private static final RuleSet WITHOUT_LONG_WAIT =
      rules(RULES.replaceFirst("(?s)  - id: long-wait.*?(?=  - id: repeat)", ""));

  @Test
  void shouldGoOnWhereItWasWithTheRulesThatAreTheSame() {
    TestPipeline before = open(live());
    before.arrives(contact("t1", 0));
    before.arrives(contact("t2", SECOND));
    assertThat(before.alerts()).isEmpty();

    TestPipeline after = restart(before, live().rules(MORE));
    after.arrives(contact("t3", 2 * SECOND));

    assertThat(after.alerts())
        .singleElement()
        .satisfies(
            alert -> {
              assertThat(alert.change()).isEqualTo(Change.RAISED);
              assertThat(alert.value().rule()).isEqualTo("repeat-contact");
              assertThat(alert.value().evidence()).containsExactly("t1", "t2", "t3");
            });
  }

  @Test
  void shouldWorkOutANewRuleOverTheHistoryOfASilentCustomer() {
    TestPipeline before = open(live());
    before.arrives(touchpoint("t1", "contact.ended", 0).transfers(3).build());
    before.arrives(contact("t2", SECOND));
    assertThat(before.alerts()).isEmpty();
    before.advance(A_MOMENT);
    List<String> storedBefore = before.storedRules();

    TestPipeline after = restart(before, live().rules(MORE));
    after.advance(A_MOMENT);

    assertThat(after.alerts())
        .singleElement()
        .satisfies(
            alert -> {
              assertThat(alert.change()).isEqualTo(Change.RAISED);
              assertThat(alert.value().rule()).isEqualTo("passed-around");
              assertThat(alert.value().at()).isEqualTo(START);
            });
    assertThat(after.journeys())
        .singleElement()
        .satisfies(journey -> assertThat(journey.value().bad()).isEqualTo(1));
    assertThat(after.storedRules())
        .as("all records are under the new rules, the old ones forgotten")
        .hasSize(2)
        .doesNotContainAnyElementsOf(
            storedBefore.stream().filter(key -> !key.equals("all-under")).toList());
  }

  @Test
  void shouldLeaveAlertsOfARuleThatIsGoneUnlessToldOtherwise() {
    TestPipeline before = open(live());
    before.arrives(touchpoint("t1", "contact.ended", 0).waitSeconds(400).build());
    assertThat(before.alerts()).extracting(Published::change).containsExactly(Change.RAISED);

    TestPipeline leaving = restart(before, live().rules(WITHOUT_LONG_WAIT));
    leaving.advance(A_MOMENT);
    assertThat(leaving.alerts()).isEmpty();

    KeeperSettings retracting =
        KeeperSettings.of(FoldSettings.DEFAULTS, 7 * DAY).withRetractRemoved(true);
    TestPipeline taking = restart(before, live().rules(WITHOUT_LONG_WAIT).keeper(retracting));
    taking.advance(A_MOMENT);
    assertThat(taking.alerts()).extracting(Published::change).containsExactly(Change.RETRACTED);
    assertThat(taking.alertsLatest()).extracting(Published::value).containsOnlyNulls();
    assertThat(taking.journeys())
        .singleElement()
        .satisfies(journey -> assertThat(journey.value().bad()).isZero());
  }

  @Test
  void shouldMakeTheAlertsThatAChangedRuleMakes() {
    TestPipeline before = open(live());
    before.arrives(touchpoint("t1", "contact.ended", 0).waitSeconds(350).build());
    before.arrives(touchpoint("t2", "contact.ended", SECOND).waitSeconds(500).build());
    List<Published<Alert>> raised = before.alerts();

    RuleSet stricter = rules(RULES.replace("waitSeconds >= 300", "waitSeconds >= 400"));
    TestPipeline after = restart(before, live().rules(stricter));
    after.arrives(contact("t3", 2 * SECOND));

    assertThat(after.alerts())
        .filteredOn(alert -> alert.value().rule().equals("long-wait"))
        .hasSize(2)
        .anySatisfy(
            alert -> {
              assertThat(alert.change()).isEqualTo(Change.RETRACTED);
              assertThat(alert.value().evidence()).containsExactly("t1");
            })
        .anySatisfy(
            alert -> {
              assertThat(alert.change()).isEqualTo(Change.CHANGED);
              assertThat(alert.value().evidence()).containsExactly("t2");
              assertThat(alert.value().ruleVersion())
                  .isNotEqualTo(raised.get(0).value().ruleVersion());
            });
  }
}
