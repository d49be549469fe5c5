package io.fermata.journey;

import static org.assertj.core.api.Assertions.assertThat;

import io.fermata.codec.TouchpointCodec;
import io.fermata.generate.GeneratorSettings;
import io.fermata.generate.TouchpointGenerator;
import io.fermata.model.Channel;
import io.fermata.model.ContactDecision;
import io.fermata.model.ContactDecision.Verdict;
import io.fermata.model.ContactGuidance;
import io.fermata.model.CustomerKeys;
import io.fermata.model.Touchpoint;
import io.fermata.rules.RuleSet;
import io.fermata.rules.cel.RuleCompiler;
import io.fermata.rules.load.RuleLoader;
import java.nio.file.Path;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** A decision says what contact guidance says, and why. */
class ContactDecisionTest {

  private static final long SEED = 5;
  private static final RuleSet RULES = RuleCompiler.compile(RuleLoader.load(Path.of("rules")));
  private static final List<Channel> CHANNELS = List.of(Channel.EMAIL, Channel.SMS, Channel.PUSH);

  private final Map<String, byte[]> roots = new HashMap<>();
  private final JourneyKeeper keeper =
      new JourneyKeeper(
          RULES,
          KeeperSettings.of(new FoldSettings(14 * 86_400_000L, 3 * 86_400_000L), 7 * 86_400_000L),
          TouchpointCodec.INSTANCE::decode,
          new MemoryHistoryStore());

  private void accept(String customer, Touchpoint touchpoint, ViewSink sink) {
    byte[] encoded = TouchpointCodec.INSTANCE.encode(touchpoint);
    Kept kept =
        keeper.accept(customer, roots.get(customer), touchpoint, encoded, 0, encoded.length, sink);
    if (kept.root() != null) {
      roots.put(customer, kept.root());
    }
  }

  @Test
  void shouldSayWhatGuidanceSaysAfterEveryTouchpoint() {
    TouchpointGenerator generator =
        new TouchpointGenerator(
            GeneratorSettings.of(SEED, 10, 60)
                .withPeriod(Instant.parse("2026-01-01T00:00:00Z"), 60)
                .withIncidents(0.3));
    CustomerKeys keys = new CustomerKeys(CustomerKeys.DEFAULT_ORDER);
    Map<Verdict, Integer> seen = new EnumMap<>(Verdict.class);
    Map<String, ContactGuidance> last = new TreeMap<>();
    long counted = 0;
    while (generator.hasNext()) {
      Touchpoint touchpoint = generator.next();
      String customer = keys.keyOf(touchpoint);
      ViewCollector views = new ViewCollector();
      accept(customer, touchpoint, views);
      views.views().guidance().forEach(view -> last.put(customer, view));
      ContactGuidance guidance = last.get(customer);
      if (guidance == null || guidance.at() != touchpoint.occurredAt()) {
        continue;
      }
      for (Channel channel : CHANNELS) {
        ContactDecision decision =
            keeper.decide(customer, roots.get(customer), channel, guidance.at(), Reservations.NONE);
        String what = "%s %s %s, seed %d".formatted(touchpoint.id(), channel, decision, SEED);
        Long next = guidance.nextAllowedAt().get(channel.name());
        seen.merge(decision.verdict(), 1, Integer::sum);
        if (next == null) {
          assertThat(decision.verdict()).as(what).isEqualTo(Verdict.DENY);
        } else if (next == guidance.at()) {
          assertThat(decision.verdict()).as(what).isEqualTo(Verdict.ALLOW);
        } else {
          assertThat(decision.until()).as(what).isEqualTo(next);
          assertThat(
                  keeper
                      .decide(customer, roots.get(customer), channel, next, Reservations.NONE)
                      .verdict())
              .as(what)
              .isEqualTo(Verdict.ALLOW);
        }
        assertThat(decision.reasons().isEmpty())
            .as(what)
            .isEqualTo(decision.verdict() == Verdict.ALLOW);
        counted += decision.reasons().stream().mapToLong(r -> r.counted().size()).sum();
      }
    }
    assertThat(seen).containsKeys(Verdict.ALLOW, Verdict.DEFER);
    assertThat(counted).isPositive();
  }

  @Test
  void shouldAllowTheFirstMessageToSomebodyNotSeenBefore() {
    ContactDecision decision =
        keeper.decide(
            "customer:new",
            null,
            Channel.EMAIL,
            Instant.parse("2026-03-03T12:00:00Z").toEpochMilli(),
            Reservations.NONE);
    assertThat(decision.verdict()).as(decision.toString()).isEqualTo(Verdict.ALLOW);
  }
}
