package io.fermata.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.fermata.journey.CustomerFold;
import io.fermata.journey.FoldSettings;
import io.fermata.journey.Views;
import io.fermata.model.Channel;
import io.fermata.model.Direction;
import io.fermata.model.Identifier;
import io.fermata.model.IdentityLink;
import io.fermata.model.Touchpoint;
import io.fermata.rules.RuleSet;
import io.fermata.rules.cel.RuleCompiler;
import io.fermata.rules.load.RuleLoader;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Law 3 through the pure core: every name on its own, messages between them in any order that keeps
 * the order between any two. {@code -Dfermata.cases=N}, {@code -Dfermata.seed=N}.
 */
class StitchingLawTest {

  private static final long FIRST_SEED = Long.getLong("fermata.seed", 1);
  private static final long CASES = Long.getLong("fermata.cases", 150);

  static final RuleSet RULES =
      RuleCompiler.compile(
          RuleLoader.parse(
              "test.yaml",
              """
              theme: test
              rules:
                - id: long-wait
                  title: {en: Long wait}
                  pillar: TIME_AND_EFFORT
                  levels: {MEDIUM: 300, HIGH: 600}
                  single: {where: "type == 'contact.ended' && waitSeconds >= 300", measure: waitSeconds}
                - id: repeat-contact
                  title: {en: Again}
                  pillar: RESOLUTION
                  severity: MEDIUM
                  count: {where: "type == 'contact.ended'", atLeast: 3, within: PT10S}
                - id: broken-callback
                  title: {en: Not called back}
                  pillar: INTEGRITY
                  severity: HIGH
                  absence: {after: "type == 'callback.promised'", expect: "type == 'callback.made'", within: PT9S}
              """));

  private static final Identifier COOKIE = new Identifier("cookie", "k");
  private static final Identifier CUSTOMER = new Identifier("customer", "C");

  @ParameterizedTest
  @EnumSource
  void shouldEndInTheViewsOfTheContractWheneverLinksBecomeKnown(IdentityCase.Links when) {
    for (long seed = FIRST_SEED; seed < FIRST_SEED + CASES; seed++) {
      IdentityCase random = IdentityCase.of(seed);
      MemoryNames names = run(random, when);

      assertThat(names.views).as("%s", random).isEqualTo(expected(random));
      assertThat(names.customers())
          .as("%s", random)
          .containsExactlyElementsOf(
              LiteralReading.customers(random.settings(), random.touchpoints(), random.said())
                  .keySet());
      assertThat(names.folded())
          .as("touchpoints in journeys, %s", random)
          .isEqualTo(folded(random));
      assertThat(names.unaccounted()).as("counted as nothing, %s", random).isZero();
    }
  }

  @Test
  void shouldMoveALongJourneyInBatches() {
    int count = Integer.getInteger("fermata.touchpoints", 2_600);
    List<Touchpoint> touchpoints = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      touchpoints.add(touchpoint("t" + i, i, List.of(COOKIE)));
    }
    touchpoints.add(touchpoint("login", count, List.of(CUSTOMER, COOKIE)));
    MemoryNames names =
        new MemoryNames(RULES, IdentitySettings.DEFAULTS, new Random(1), Stitcher.BATCH);
    touchpoints.subList(0, count).forEach(each -> names.touchpoint(each, COOKIE.key()));
    names.deliver(0);
    names.touchpoint(touchpoints.get(count), CUSTOMER.key());
    names.link(new Link(COOKIE.key(), CUSTOMER.key(), IdentityCase.START + count, "login"), "");
    names.deliver(0);
    names.settle(IdentityCase.END);

    assertThat(names.customers()).containsExactly(CUSTOMER.key());
    assertThat(names.largestMessage()).isLessThanOrEqualTo(Stitcher.BATCH);
    assertThat(names.views)
        .isEqualTo(
            expected(
                new IdentityCase(
                    0, IdentitySettings.DEFAULTS, List.copyOf(touchpoints), List.of())));
  }

  private static int folded(IdentityCase of) {
    return LiteralReading.customers(of.settings(), of.touchpoints(), of.said()).values().stream()
        .mapToInt(List::size)
        .sum();
  }

  private static Touchpoint touchpoint(String id, long after, List<Identifier> identifiers) {
    return Touchpoint.builder()
        .id(id)
        .occurredAt(IdentityCase.START + after)
        .identifiers(identifiers)
        .channel(Channel.WEB)
        .direction(Direction.SELF)
        .type("page.viewed")
        .build();
  }

  private static MemoryNames run(IdentityCase of, IdentityCase.Links when) {
    Random random = new Random(of.seed());
    MemoryNames names = new MemoryNames(RULES, of.settings(), random);
    List<Runnable> arrivals = new ArrayList<>();
    List<Runnable> links = new ArrayList<>();
    for (Touchpoint touchpoint : of.touchpoints()) {
      String name = of.settings().keys().keyOf(touchpoint);
      arrivals.add(() -> names.touchpoint(touchpoint, name));
      if (random.nextInt(8) == 0) {
        arrivals.add(() -> names.touchpoint(touchpoint, name));
      }
      TouchpointLinks.find(
          touchpoint,
          of.settings(),
          link -> links.add(() -> names.link(link, touchpoint.id())),
          link -> links.add(() -> names.link(link, touchpoint.id())));
    }
    for (int i = 0; i < of.said().size(); i++) {
      IdentityLink said = of.said().get(i);
      String source = "crm " + i;
      SaidLinks.find(
          said,
          of.settings(),
          link -> links.add(() -> names.said(link, said.revoked(), source)),
          link -> {
            if (!said.revoked()) {
              links.add(() -> names.link(link, source));
            }
          });
    }
    Collections.shuffle(arrivals, random);
    Collections.shuffle(links, random);
    List<Runnable> all = new ArrayList<>(when == IdentityCase.Links.FIRST ? links : arrivals);
    all.addAll(when == IdentityCase.Links.FIRST ? arrivals : links);
    if (when == IdentityCase.Links.SHUFFLED) {
      Collections.shuffle(all, random);
    }
    for (int i = 0; i < all.size(); i++) {
      all.get(i).run();
      if (when != IdentityCase.Links.SHUFFLED
          && i + 1 == (when == IdentityCase.Links.FIRST ? links : arrivals).size()) {
        names.deliver(0);
      } else if (random.nextInt(3) == 0) {
        names.deliver(1 + random.nextInt(20));
      }
      if (random.nextInt(20) == 0) {
        names.settle(IdentityCase.START + random.nextInt((int) IdentityCase.SPAN));
      }
    }
    names.deliver(0);
    names.settle(IdentityCase.END);
    return names;
  }

  static Map<String, Object> expected(IdentityCase of) {
    Map<String, Object> expected = new TreeMap<>();
    LiteralReading.customers(of.settings(), of.touchpoints(), of.said())
        .forEach(
            (customer, theirs) -> {
              Views views =
                  CustomerFold.fold(
                      FoldSettings.DEFAULTS, RULES, customer, theirs, IdentityCase.END);
              views.alerts().forEach(alert -> expected.put("alert " + alert.id(), alert));
              views.journeys().forEach(journey -> expected.put("journey " + journey.id(), journey));
              views
                  .guidance()
                  .forEach(guide -> expected.put("guidance " + guide.customer(), guide));
            });
    IdentityGraph graph = new IdentityGraph(of.settings());
    of.touchpoints().forEach(graph::add);
    of.said().forEach(graph::add);
    of.touchpoints()
        .forEach(each -> graph.customerOf(of.settings().keys().keyOf(each), each.position()));
    graph.alerts().forEach(alert -> expected.put("alert " + alert.id(), alert));
    return expected;
  }
}
