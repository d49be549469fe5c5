package io.fermata.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.fermata.model.Alert;
import io.fermata.model.Channel;
import io.fermata.model.Direction;
import io.fermata.model.Identifier;
import io.fermata.model.IdentityLink;
import io.fermata.model.Position;
import io.fermata.model.Touchpoint;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class IdentityGraphTest {

  private static final long FIRST_SEED = Long.getLong("fermata.seed", 1);
  private static final long CASES = Long.getLong("fermata.cases", 2000);

  @Test
  void shouldFindTheCustomersThatTheContractNames() {
    for (long seed = FIRST_SEED; seed < FIRST_SEED + CASES; seed++) {
      IdentityCase random = IdentityCase.of(seed);

      assertThat(ids(byGraph(random.settings(), random.touchpoints(), random.said())))
          .as("%s", random)
          .isEqualTo(
              ids(
                  LiteralReading.customers(
                      random.settings(), random.touchpoints(), random.said())));
    }
  }

  @Test
  void shouldExplainWhatTheContractRefuses() {
    Map<String, Integer> reasons = new TreeMap<>();
    for (long seed = FIRST_SEED; seed < FIRST_SEED + CASES; seed++) {
      IdentityCase random = IdentityCase.of(seed);

      Set<String> refusals = new TreeSet<>();
      for (Alert alert : alerts(random.settings(), random.touchpoints(), random.said())) {
        String reason = alert.attributes().get("reason");
        reasons.merge(reason, 1, Integer::sum);
        refusals.add(
            "%s %s %d %s".formatted(alert.customer(), reason, alert.at(), alert.evidence()));
      }
      assertThat(refusals)
          .as("%s", random)
          .isEqualTo(
              LiteralReading.refusals(random.settings(), random.touchpoints(), random.said()));
    }
    assertThat(reasons).containsOnlyKeys("placeholder", "conflict", "too-many", "circle");
  }

  @Test
  void shouldSayTheSameWhateverTheOrder() {
    for (long seed = FIRST_SEED; seed < FIRST_SEED + CASES / 4; seed++) {
      IdentityCase random = IdentityCase.of(seed);
      List<Touchpoint> shuffled = new ArrayList<>(random.touchpoints());
      Collections.shuffle(shuffled, new Random(seed));

      List<IdentityLink> said = new ArrayList<>(random.said());
      Collections.shuffle(said, new Random(seed));

      assertThat(alerts(random.settings(), shuffled, said))
          .as("%s", random)
          .isEqualTo(alerts(random.settings(), random.touchpoints(), random.said()));
    }
  }

  @Test
  void shouldGiveASharedTabletToWhoeverLoggedInLast() {
    List<Touchpoint> touchpoints =
        List.of(
            touchpoint("t1", 10, "cookie", "tablet"),
            touchpoint("t2", 20, "customer", "anna", "cookie", "tablet"),
            touchpoint("t3", 30, "cookie", "tablet"),
            touchpoint("t4", 40, "customer", "ben", "cookie", "tablet"),
            touchpoint("t5", 50, "cookie", "tablet"));

    assertThat(ids(byGraph(IdentitySettings.DEFAULTS, touchpoints)))
        .isEqualTo(
            Map.of(
                "customer:anna", List.of("t1", "t2", "t3"), "customer:ben", List.of("t4", "t5")));
  }

  @Test
  void shouldLinkNothingWhenTooManyShareAnIdentifier() {
    List<Touchpoint> touchpoints = new ArrayList<>();
    touchpoints.add(touchpoint("anonymous", 1, "cookie", "kiosk"));
    for (int i = 0; i < 21; i++) {
      touchpoints.add(touchpoint("t" + i, 10 + i, "customer", "C" + i, "cookie", "kiosk"));
    }

    assertThat(byGraph(IdentitySettings.DEFAULTS, touchpoints)).containsKey("cookie:kiosk");
    assertThat(alerts(IdentitySettings.DEFAULTS, touchpoints))
        .singleElement()
        .satisfies(
            alert -> {
              assertThat(alert.rule()).isEqualTo("shared-identifier");
              assertThat(alert.customer()).isEqualTo("cookie:kiosk");
              assertThat(alert.at()).isEqualTo(30);
              assertThat(alert.measure()).isEqualTo(21);
              assertThat(alert.threshold()).isEqualTo(20);
              assertThat(alert.evidence()).hasSize(21).endsWith("t20");
            });
  }

  @Test
  void shouldLinkNothingToOrFromAPlaceholder() {
    List<Touchpoint> touchpoints =
        List.of(
            touchpoint("t1", 10, "customer", "unknown", "cookie", "k1"),
            touchpoint("t2", 20, "customer", "anna", "cookie", "0000"),
            touchpoint("t3", 30, "cookie", "k1"));

    assertThat(ids(byGraph(IdentitySettings.DEFAULTS, touchpoints)))
        .isEqualTo(
            Map.of(
                "customer:unknown", List.of("t1"),
                "customer:anna", List.of("t2"),
                "cookie:k1", List.of("t3")));
    assertThat(alerts(IdentitySettings.DEFAULTS, touchpoints))
        .extracting(Alert::customer, Alert::evidence)
        .containsExactlyInAnyOrder(
            tuple("customer:unknown", List.of("t1")), tuple("cookie:0000", List.of("t2")));
  }

  private static Touchpoint touchpoint(String id, long at, String... identifiers) {
    var builder =
        Touchpoint.builder()
            .id(id)
            .occurredAt(at)
            .channel(Channel.WEB)
            .direction(Direction.SELF)
            .type("page.viewed");
    List<Identifier> all = new ArrayList<>();
    for (int i = 0; i < identifiers.length; i += 2) {
      all.add(new Identifier(identifiers[i], identifiers[i + 1]));
    }
    return builder.identifiers(all).build();
  }

  private static Map<String, List<Touchpoint>> byGraph(
      IdentitySettings settings, List<Touchpoint> touchpoints) {
    return byGraph(settings, touchpoints, List.of());
  }

  private static Map<String, List<Touchpoint>> byGraph(
      IdentitySettings settings, List<Touchpoint> touchpoints, List<IdentityLink> said) {
    IdentityGraph graph = new IdentityGraph(settings);
    touchpoints.forEach(graph::add);
    said.forEach(graph::add);
    Map<String, List<Touchpoint>> customers = new TreeMap<>();
    for (Touchpoint touchpoint : touchpoints) {
      String customer = graph.customerOf(settings.keys().keyOf(touchpoint), touchpoint.position());
      customers.computeIfAbsent(customer, any -> new ArrayList<>()).add(touchpoint);
    }
    return customers;
  }

  private static List<Alert> alerts(IdentitySettings settings, List<Touchpoint> touchpoints) {
    return alerts(settings, touchpoints, List.of());
  }

  private static List<Alert> alerts(
      IdentitySettings settings, List<Touchpoint> touchpoints, List<IdentityLink> said) {
    IdentityGraph graph = new IdentityGraph(settings);
    touchpoints.forEach(graph::add);
    said.forEach(graph::add);
    touchpoints.forEach(each -> graph.customerOf(settings.keys().keyOf(each), each.position()));
    return graph.alerts().stream().sorted(Comparator.comparing(Alert::id)).toList();
  }

  private static Map<String, List<String>> ids(Map<String, List<Touchpoint>> customers) {
    Map<String, List<String>> ids = new TreeMap<>();
    customers.forEach(
        (customer, theirs) ->
            ids.put(
                customer,
                theirs.stream()
                    .map(Touchpoint::position)
                    .distinct()
                    .sorted()
                    .map(Position::id)
                    .toList()));
    return ids;
  }
}
