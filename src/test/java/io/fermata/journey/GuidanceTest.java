package io.fermata.journey;

import static org.assertj.core.api.Assertions.assertThat;

import io.fermata.model.Alert;
import io.fermata.model.Channel;
import io.fermata.model.ContactGuidance;
import io.fermata.model.Direction;
import io.fermata.model.HandledBy;
import io.fermata.model.Outcome;
import io.fermata.model.Polarity;
import io.fermata.model.Purpose;
import io.fermata.model.Touchpoint;
import io.fermata.model.TouchpointBuilder;
import io.fermata.rules.RuleSet;
import io.fermata.rules.cel.RuleCompiler;
import io.fermata.rules.load.RuleLoader;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What contact guidance says, and that it is what the rules say of the message then. */
class GuidanceTest {

  private static final String CUSTOMER = "customer:C-1";
  private static final long START = Instant.parse("2026-03-02T09:00:00Z").toEpochMilli();
  private static final long HOUR = Duration.ofHours(1).toMillis();
  private static final long DAY = Duration.ofDays(1).toMillis();

  private static final String MARKETING =
      "type == 'message.sent' && direction == 'OUTBOUND' && purpose == 'MARKETING'";

  private static final String FLOOD =
      """
        - id: flood
          title: {en: Flood}
          pillar: EXPECTATIONS
          severity: MEDIUM
          count: {where: "%s", atLeast: 3, within: P7D}
      """
          .formatted(MARKETING);

  private static final String CHANNEL_FLOOD =
      """
        - id: channel-flood
          title: {en: Channel flood}
          pillar: EXPECTATIONS
          severity: MEDIUM
          pause: {for: P2D, channels: same}
          count: {where: "%s", atLeast: 2, within: P1D, per: [channel]}
      """
          .formatted(MARKETING);

  private static final String WALL =
      """
        - id: wall
          title: {en: Wall}
          pillar: PERSONALISATION
          severity: MEDIUM
          streak: {where: "%s", brokenBy: "direction == 'INBOUND'", atLeast: 3}
      """
          .formatted(MARKETING);

  private static final String WRONG_HOUR =
      """
        - id: wrong-hour
          title: {en: Wrong hour}
          pillar: EMPATHY
          severity: LOW
          single: {where: "%s && channel in ['SMS', 'PUSH'] && (occurredAt.getHours(timeZone) < 8 || occurredAt.getHours(timeZone) >= 21)"}
      """
          .formatted(MARKETING);

  private static final String TOO_SOON =
      """
        - id: too-soon
          title: {en: Too soon}
          pillar: EMPATHY
          severity: MEDIUM
          sequence: {first: "type == 'contact.ended'", then: "%s", within: PT6H}
      """
          .formatted(MARKETING);

  private static final String PROMISE =
      """
        - id: promise
          title: {en: Promise}
          pillar: INTEGRITY
          severity: HIGH
          absence: {after: "type == 'callback.promised'", expect: "type == 'callback.made'", within: PT4H, same: [topic]}
      """;

  private static final String BROKEN_PAUSE =
      """
        - id: broken-pause
          title: {en: Broken pause}
          pillar: INTEGRITY
          severity: HIGH
          single: {where: "%s && paused"}
      """
          .formatted(MARKETING);

  @Test
  void shouldAllowEveryChannelAtOnceWhenNoRuleIsAboutMarketing() {
    ContactGuidance guidance = guidance(rules(PROMISE), message("a", 0, Channel.EMAIL));

    assertThat(guidance.at()).isEqualTo(START);
    assertThat(guidance.nextAllowedAt())
        .hasSize(17)
        .containsKey("ANY")
        .doesNotContainKey("UNKNOWN");
    assertThat(guidance.nextAllowedAt().values()).containsOnly(START);
  }

  @Test
  void shouldAllowTheNextMessageTheMomentTheOldestLeavesTheWindow() {
    ContactGuidance guidance =
        guidance(rules(FLOOD), message("a", 0, Channel.EMAIL), message("b", HOUR, Channel.SMS));

    assertThat(guidance.nextAllowedAt().values()).containsOnly(START + 7 * DAY);
  }

  @Test
  void shouldGiveNoTimeAndTheReasonWhenOnlyAnAnswerHelps() {
    ContactGuidance guidance =
        guidance(rules(WALL), message("a", 0, Channel.EMAIL), message("b", HOUR, Channel.SMS));

    assertThat(guidance.nextAllowedAt()).isEmpty();
    assertThat(guidance.pauseUntil()).isNull();
    assertThat(guidance.pauseReasons()).containsExactly("wall");
    assertThat(guidance.ignoredInARow()).isEqualTo(2);
  }

  @Test
  void shouldAllowAgainWhenTheCustomerAnswers() {
    ContactGuidance guidance =
        guidance(
            rules(WALL),
            message("a", 0, Channel.EMAIL),
            message("b", HOUR, Channel.SMS),
            touchpoint("c", 2 * HOUR, "page.viewed").direction(Direction.INBOUND).build());

    assertThat(guidance.nextAllowedAt()).containsEntry("ANY", START + 2 * HOUR);
    assertThat(guidance.pauseReasons()).isEmpty();
    assertThat(guidance.ignoredInARow()).isZero();
    assertThat(guidance.preferredChannel()).isEqualTo(Channel.WEB);
  }

  @Test
  void shouldPauseOnlyTheAlertsChannelWhenTheRuleSaysSame() {
    ContactGuidance guidance =
        guidance(
            rules(CHANNEL_FLOOD),
            message("a", 0, Channel.EMAIL),
            message("b", HOUR, Channel.EMAIL));

    assertThat(guidance.nextAllowedAt())
        .containsEntry("EMAIL", START + HOUR + 2 * DAY)
        .containsEntry("SMS", START + HOUR)
        .containsEntry("ANY", START + HOUR);
    assertThat(guidance.pauseUntil()).isEqualTo(START + HOUR + 2 * DAY);
    assertThat(guidance.pauseReasons()).containsExactly("channel-flood");
  }

  @Test
  void shouldWaitForTheMorningWhereTheCustomerIs() {
    ContactGuidance guidance =
        guidance(
            rules(WRONG_HOUR),
            touchpoint("a", 11 * HOUR + HOUR / 2, "page.viewed").timeZone("Europe/Warsaw").build());

    assertThat(guidance.nextAllowedAt())
        .containsEntry("SMS", START + 22 * HOUR)
        .containsEntry("EMAIL", START + 11 * HOUR + HOUR / 2);
  }

  @Test
  void shouldSilenceMarketingUntilTheWrongIsMadeGood() {
    Touchpoint promise = touchpoint("a", 0, "callback.promised").topic("credit").build();
    Touchpoint other = resolved("b", 5 * HOUR, "card");
    Touchpoint same = resolved("c", 6 * HOUR, "credit");

    ContactGuidance silent = guidance(rules(PROMISE), promise, other);
    ContactGuidance made = guidance(rules(PROMISE), promise, other, same);

    assertThat(silent.at()).isEqualTo(START + 5 * HOUR);
    assertThat(silent.pauseReasons()).containsExactly("recovery-silence");
    assertThat(silent.pauseUntil()).isEqualTo(START + 4 * HOUR + 7 * DAY);
    assertThat(silent.nextAllowedAt().values()).containsOnly(START + 4 * HOUR + 7 * DAY);
    assertThat(made.at()).isEqualTo(START + 6 * HOUR);
    assertThat(made.pauseReasons()).isEmpty();
    assertThat(made.nextAllowedAt().values()).containsOnly(START + 6 * HOUR);
  }

  @Test
  void shouldForeseeThePauseOfADeadlineThatPassesBefore() {
    ContactGuidance guidance =
        guidance(
            rules(TOO_SOON, PROMISE),
            touchpoint("a", 0, "callback.promised").build(),
            resolved("b", HOUR, null));

    assertThat(guidance.pauseReasons()).isEmpty();
    assertThat(guidance.nextAllowedAt()).containsEntry("ANY", START + 4 * HOUR + 7 * DAY);
  }

  @Test
  void shouldGiveNoTimeForChannelsTheCustomerHasOptedOutOf() {
    Touchpoint out = touchpoint("a", 0, "consent.withdrawn").channel(Channel.SMS).build();
    Touchpoint spam = touchpoint("b", HOUR, "message.complained").channel(Channel.EMAIL).build();
    Touchpoint back = touchpoint("c", 2 * HOUR, "consent.given").channel(Channel.SMS).build();

    ContactGuidance both = guidance(rules(), out, spam);
    ContactGuidance one = guidance(rules(), out, spam, back);

    assertThat(both.optedOut()).containsExactly("EMAIL", "SMS");
    assertThat(both.nextAllowedAt()).containsKey("ANY").doesNotContainKeys("EMAIL", "SMS");
    assertThat(one.optedOut()).containsExactly("EMAIL");
    assertThat(one.nextAllowedAt()).containsKey("SMS");
  }

  @Test
  void shouldCountPressureInWindowsThatEndBeforeTheirLength() {
    ContactGuidance guidance =
        guidance(
            rules(),
            message("a", 0, Channel.EMAIL),
            message("b", 1, Channel.EMAIL),
            touchpoint("c", DAY, "page.viewed").build());

    assertThat(guidance.at()).isEqualTo(START + DAY);
    assertThat(guidance.pressure())
        .isEqualTo(Map.of("MARKETING", Map.of("P1D", 1, "P7D", 2, "P30D", 2)));
  }

  @Test
  void shouldNotCountWhatIsOnlyTried() {
    RuleSet rules = rules(WRONG_HOUR);

    guidance(rules, touchpoint("a", 0, "page.viewed").build());

    assertThat(rules.rules().get(0).failures().sum()).isZero();
  }

  /** The property: nothing at the time, something one second before. */
  @Test
  void shouldBreakNothingAtTheTimeAndSomethingASecondBefore() {
    RuleSet rules = rules(FLOOD, CHANNEL_FLOOD, WALL, WRONG_HOUR, TOO_SOON, PROMISE, BROKEN_PAUSE);
    int inTheFuture = 0;
    int noTime = 0;
    for (long seed = 1; seed <= 300; seed++) {
      List<Touchpoint> history = history(new Random(seed));
      long last = history.get(history.size() - 1).occurredAt();
      ContactGuidance guidance = fold(rules, history, last).guidance().get(0);
      for (Channel channel : List.of(Channel.EMAIL, Channel.SMS, Channel.POST)) {
        Long time = guidance.nextAllowedAt().get(channel.name());
        if (time == null) {
          noTime++;
          assertThat(guidance.pauseReasons()).as("seed %d", seed).contains("wall");
        } else {
          long at = Math.max(time, last);
          assertThat(broken(rules, history, channel, at))
              .as("seed %d, %s", seed, channel)
              .isEmpty();
        }
        if (time != null && time - 1000 > last) {
          inTheFuture++;
          assertThat(broken(rules, history, channel, time - 1000))
              .as("seed %d, %s, a second before %d", seed, channel, time)
              .isNotEmpty();
        }
      }
    }
    assertThat(inTheFuture).isGreaterThan(100);
    assertThat(noTime).isGreaterThan(50);
  }

  /** The bad alerts that one more message has a part in. */
  private static List<Alert> broken(
      RuleSet rules, List<Touchpoint> history, Channel channel, long at) {
    List<Touchpoint> with = new ArrayList<>(history);
    with.add(message("~", at - START, channel).toBuilder().timeZone("Europe/Warsaw").build());
    return fold(rules, with, at).alerts().stream()
        .filter(alert -> alert.polarity() == Polarity.BAD && alert.evidence().contains("~"))
        .toList();
  }

  private static List<Touchpoint> history(Random random) {
    List<Touchpoint> history = new ArrayList<>();
    history.add(touchpoint("t", 0, "page.viewed").timeZone("Europe/Warsaw").build());
    long after = 0;
    for (int i = random.nextInt(8); i >= 0; i--) {
      after += 1000L * random.nextInt(200_000);
      String id = "t" + i;
      Channel channel = random.nextBoolean() ? Channel.EMAIL : Channel.SMS;
      history.add(
          switch (random.nextInt(8)) {
            case 0 -> resolved(id, after, random.nextBoolean() ? "credit" : null);
            case 1 -> touchpoint(id, after, "callback.promised").topic("credit").build();
            case 2 -> touchpoint(id, after, "message.read").direction(Direction.INBOUND).build();
            default -> message(id, after, channel);
          });
    }
    history.sort(Comparator.comparing(Touchpoint::position));
    return history;
  }

  private static ContactGuidance guidance(RuleSet rules, Touchpoint... sorted) {
    List<Touchpoint> touchpoints = Arrays.asList(sorted);
    long last = touchpoints.get(touchpoints.size() - 1).occurredAt();
    return fold(rules, touchpoints, last).guidance().get(0);
  }

  private static Views fold(RuleSet rules, List<Touchpoint> sorted, long clock) {
    return CustomerFold.fold(FoldSettings.DEFAULTS, rules, CUSTOMER, sorted, clock);
  }

  private static RuleSet rules(String... rules) {
    return RuleCompiler.compile(
        rules.length == 0
            ? List.of()
            : RuleLoader.parse("rules.yaml", "rules:\n" + String.join("", rules)));
  }

  private static Touchpoint message(String id, long after, Channel channel) {
    return touchpoint(id, after, "message.sent")
        .direction(Direction.OUTBOUND)
        .purpose(Purpose.MARKETING)
        .channel(channel)
        .build();
  }

  private static Touchpoint resolved(String id, long after, String topic) {
    return touchpoint(id, after, "contact.ended")
        .direction(Direction.INBOUND)
        .channel(Channel.VOICE)
        .handledBy(HandledBy.HUMAN)
        .outcome(Outcome.RESOLVED)
        .topic(topic)
        .build();
  }

  private static TouchpointBuilder touchpoint(String id, long after, String type) {
    return Touchpoint.builder()
        .id(id)
        .occurredAt(START + after)
        .identifier("customer", "C-1")
        .channel(Channel.WEB)
        .direction(Direction.SELF)
        .type(type);
  }
}
