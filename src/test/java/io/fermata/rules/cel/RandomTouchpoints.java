package io.fermata.rules.cel;

import io.fermata.model.Area;
import io.fermata.model.Channel;
import io.fermata.model.CustomerTier;
import io.fermata.model.Direction;
import io.fermata.model.HandledBy;
import io.fermata.model.Identifier;
import io.fermata.model.Outcome;
import io.fermata.model.Purpose;
import io.fermata.model.Score;
import io.fermata.model.ScoreKind;
import io.fermata.model.Touchpoint;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;

/** Touchpoints that crowd the edges: every optional field is null now and then. */
final class RandomTouchpoints {

  static final List<String> TYPES =
      List.of(
          "contact.ended",
          "message.sent",
          "message.opened",
          "callback.promised",
          "callback.made",
          "handover.done",
          "experience.bad",
          "experience.good");
  static final List<String> TEXTS =
      List.of("cart", "credit", "", "5", "-3", "0.5", "Zażółć", "1e3");
  static final List<String> ZONES =
      List.of("Europe/Warsaw", "America/New_York", "+05:30", "02:00", "nowhere", "UTC");
  static final List<String> KEYS = List.of("results", "severity", "rule");

  private final Random random;

  RandomTouchpoints(Random random) {
    this.random = random;
  }

  Touchpoint next() {
    return Touchpoint.builder()
        .id("t" + random.nextInt(3))
        .occurredAt(time())
        .identifiers(List.of(new Identifier("customer", "C-1"), new Identifier("cookie", "ab3")))
        .channel(pick(Channel.values()))
        .direction(pick(Direction.values()))
        .type(TYPES.get(random.nextInt(TYPES.size())))
        .purpose(maybe(() -> pick(Purpose.values())))
        .area(maybe(() -> pick(Area.values())))
        .topic(maybe(this::text))
        .caseId(maybe(this::text))
        .campaign(maybe(this::text))
        .handledBy(maybe(() -> pick(HandledBy.values())))
        .agent(maybe(this::text))
        .outcome(maybe(() -> pick(Outcome.values())))
        .waitSeconds(maybe(() -> pick(0, 5, 59, 60, 299, 300, 600, 1200)))
        .handleSeconds(maybe(() -> pick(0, 119, 120, Integer.MAX_VALUE)))
        .transfers(maybe(() -> random.nextInt(4)))
        .sentiment(maybe(() -> pick(-1.0, -0.6, 0.0, 0.6, 1.0)))
        .dueAt(maybe(this::time))
        .score(maybe(this::score))
        .cost(maybe(() -> pick(0.0, 19.99, 20.0, 1e12)))
        .customerTier(maybe(() -> pick(CustomerTier.values())))
        .segment(maybe(this::text))
        .timeZone(maybe(() -> ZONES.get(random.nextInt(ZONES.size()))))
        .attributes(attributes())
        .build();
  }

  private Score score() {
    return new Score(
        pick(ScoreKind.values()), random.nextInt(11), 0, 10, maybe(() -> "t" + random.nextInt(3)));
  }

  private Map<String, String> attributes() {
    Map<String, String> attributes = new HashMap<>();
    for (String key : KEYS) {
      if (random.nextBoolean()) {
        attributes.put(key, key.equals("severity") ? pick("LOW", "MEDIUM", "HIGH") : text());
      }
    }
    return attributes;
  }

  private String text() {
    return TEXTS.get(random.nextInt(TEXTS.size()));
  }

  /** Whole seconds: the library refuses sums that give a negative duration with a fraction. */
  private long time() {
    return pick(
        0L,
        1_772_000_001_000L,
        1_774_746_000_000L, // the night the clocks go forward in Europe
        -1_000_000_000L,
        1_772_000_000_000L + 1000L * random.nextInt(1_000_000));
  }

  @SafeVarargs
  private <T> T pick(T... values) {
    return values[random.nextInt(values.length)];
  }

  private <T> T maybe(Supplier<T> value) {
    return random.nextInt(3) == 0 ? null : value.get();
  }
}
