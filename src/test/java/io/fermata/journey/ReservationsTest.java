package io.fermata.journey;

import static org.assertj.core.api.Assertions.assertThat;

import io.fermata.codec.TouchpointCodec;
import io.fermata.generate.GeneratorSettings;
import io.fermata.generate.TouchpointGenerator;
import io.fermata.model.Channel;
import io.fermata.model.ContactDecision;
import io.fermata.model.ContactDecision.Verdict;
import io.fermata.model.CustomerKeys;
import io.fermata.model.Touchpoint;
import io.fermata.rules.RuleSet;
import io.fermata.rules.TriedMessage;
import io.fermata.rules.cel.RuleCompiler;
import io.fermata.rules.load.RuleLoader;
import java.nio.file.Path;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What is reserved counts as if its message had been sent. */
class ReservationsTest {

  private static final long SEED = Long.getLong("fermata.seed", 20_261_125);
  private static final RuleSet RULES = RuleCompiler.compile(RuleLoader.load(Path.of("rules")));
  private static final List<Channel> CHANNELS = List.of(Channel.EMAIL, Channel.SMS, Channel.PUSH);
  private static final long HOUR = 3_600_000;

  private final HistoryStore history = new MemoryHistoryStore();
  private final JourneyKeeper keeper =
      new JourneyKeeper(
          RULES,
          KeeperSettings.of(new FoldSettings(14 * 24 * HOUR, 3 * 24 * HOUR), 7 * 24 * HOUR),
          TouchpointCodec.INSTANCE::decode,
          history);

  private byte[] accept(String customer, byte[] root, Touchpoint touchpoint) {
    byte[] encoded = TouchpointCodec.INSTANCE.encode(touchpoint);
    Kept kept = keeper.accept(customer, root, touchpoint, encoded, 0, encoded.length, new Unseen());
    return kept.root() == null ? root : kept.root();
  }

  @Test
  void shouldDecideAsIfWhatIsReservedHadBeenSent() {
    TouchpointGenerator generator =
        new TouchpointGenerator(
            GeneratorSettings.of(SEED, 12, 40)
                .withPeriod(Instant.parse("2026-01-01T00:00:00Z"), 60)
                .withIncidents(0.05));
    CustomerKeys keys = new CustomerKeys(CustomerKeys.DEFAULT_ORDER);
    Map<String, byte[]> roots = new HashMap<>();
    Map<String, Touchpoint> last = new HashMap<>();
    while (generator.hasNext()) {
      Touchpoint touchpoint = generator.next();
      String customer = keys.keyOf(touchpoint);
      roots.put(customer, accept(customer, roots.get(customer), touchpoint));
      last.merge(customer, touchpoint, (a, b) -> a.position().compareTo(b.position()) > 0 ? a : b);
    }
    Random random = new Random(SEED);
    Map<Verdict, Integer> seen = new EnumMap<>(Verdict.class);
    int given = 0;
    for (Map.Entry<String, byte[]> each : roots.entrySet()) {
      String customer = each.getKey();
      byte[] sent = each.getValue();
      Reservations held = Reservations.NONE;
      long at = last.get(customer).occurredAt() + random.nextInt(15) * 24 * HOUR + 1;
      for (int i = 0; i < 25; i++) {
        at += (long) (random.nextDouble() * random.nextInt(150) * HOUR);
        Channel channel = CHANNELS.get(random.nextInt(CHANNELS.size()));
        ContactDecision now = keeper.decide(customer, each.getValue(), channel, at, held);
        ContactDecision then = keeper.decide(customer, sent, channel, at, Reservations.NONE);
        String what = "seed %d, %s, message %d".formatted(SEED, customer, i);
        assertThat(now.verdict()).as(what).isEqualTo(then.verdict());
        assertThat(now.until()).as(what).isEqualTo(then.until());
        assertThat(now.reasons()).as(what).isEqualTo(then.reasons());
        seen.merge(now.verdict(), 1, Integer::sum);
        if (now.verdict() == Verdict.ALLOW) {
          String id = Integer.toString(i);
          held = held.with(new Reservation(id, channel, at, at + HOUR, false));
          sent =
              accept(
                  customer,
                  sent,
                  TriedMessage.of(channel, at, null, null, null).toBuilder()
                      .id(Reservation.countedAs(id))
                      .identifier("customer", customer.substring(customer.indexOf(':') + 1))
                      .build());
          given++;
        }
      }
    }
    assertThat(seen).as("seed %d", SEED).containsKeys(Verdict.ALLOW, Verdict.DEFER);
    assertThat(given).isGreaterThan(roots.size());
  }

  @Test
  void shouldNotCountWhatIsUsedOrExpired() {
    Reservations held =
        Reservations.NONE
            .with(new Reservation("used", Channel.EMAIL, 5, 100, true))
            .with(new Reservation("open", Channel.EMAIL, 4, 50, false))
            .with(new Reservation("later", Channel.SMS, 9, 90, false));
    assertThat(held.open()).extracting(Reservation::requestId).containsExactly("open", "later");
    assertThat(held.at(49)).isSameAs(held);
    assertThat(held.at(50).held())
        .extracting(Reservation::requestId)
        .containsExactly("used", "later");
    assertThat(held.at(100).isEmpty()).isTrue();
    assertThat(held.find("used").used()).isTrue();
    assertThat(held.find("nobody")).isNull();
    assertThat(held.without("open").held()).hasSize(2);
  }

  @Test
  void shouldComeBackFromItsBytes() {
    Random random = new Random(SEED);
    Reservations held = Reservations.NONE;
    for (int i = 0; i < 50; i++) {
      assertThat(Reservations.decode(held.encode())).as("seed %d", SEED).isEqualTo(held);
      held =
          held.with(
              new Reservation(
                  "zażółć-" + i,
                  Channel.values()[random.nextInt(Channel.values().length)],
                  random.nextLong() / 4,
                  random.nextLong() / 4,
                  random.nextBoolean()));
    }
    assertThat(Reservations.decode(null)).isEqualTo(Reservations.NONE);
    assertThat(held.fullUntil()).isNull();
  }
}
