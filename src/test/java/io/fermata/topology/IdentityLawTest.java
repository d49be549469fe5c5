package io.fermata.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.fermata.identity.IdentityCase;
import io.fermata.identity.IdentityGraph;
import io.fermata.identity.LiteralReading;
import io.fermata.journey.CustomerFold;
import io.fermata.journey.FoldSettings;
import io.fermata.journey.KeeperSettings;
import io.fermata.journey.Views;
import io.fermata.model.ContactGuidance;
import io.fermata.model.IdentityLink;
import io.fermata.model.Journey;
import io.fermata.model.Touchpoint;
import io.fermata.rules.RuleSet;
import io.fermata.topology.TestPipeline.Published;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Law 3 through the topology. {@code -Dfermata.cases=N}, {@code -Dfermata.seed=N}. */
class IdentityLawTest extends PipelineTest {

  private static final long FIRST_SEED = Long.getLong("fermata.seed", 1);
  private static final long CASES = Long.getLong("fermata.cases", 12);
  private static final RuleSet QUICK =
      rules(
          RULES.replace("within: PT10H", "within: PT10S").replace("within: PT1H", "within: PT9S"));

  @ParameterizedTest
  @EnumSource
  void shouldEndInTheViewsOfTheContractWheneverLinksArrive(IdentityCase.Links when) {
    for (long seed = FIRST_SEED; seed < FIRST_SEED + CASES; seed++) {
      IdentityCase random = IdentityCase.of(seed);
      try (TestPipeline pipeline = new TestPipeline(setup(random))) {
        long in = feed(pipeline, random, when);

        Map<String, Object> views = views(pipeline);
        assertThat(views).as("%s", random).isEqualTo(expected(random));
        assertThat(
                pipeline.complaintsOfGauges(
                    of(views, Journey.class), of(views, ContactGuidance.class)))
            .as("%s", random)
            .isEmpty();
        assertThat(pipeline.customers())
            .as("%s", random)
            .containsExactlyInAnyOrderElementsOf(
                LiteralReading.customers(random.settings(), random.touchpoints(), random.said())
                    .keySet());
        assertThat(pipeline.timerCount())
            .as("timers, %s", random)
            .isLessThanOrEqualTo(pipeline.customers().size());
        long folded =
            LiteralReading.customers(random.settings(), random.touchpoints(), random.said())
                .values()
                .stream()
                .mapToLong(List::size)
                .sum();
        Ledger journey = pipeline.journeyLedger();
        long merged = journey.count(Ledger.Identity.MERGED) - journey.count(Ledger.Identity.PARTED);
        assertLedgers(pipeline, in, folded + merged, in - folded - merged);
        Ledger links = pipeline.linkLedger();
        assertThat(links.count(Ledger.Identity.LINKS_IN)).isEqualTo(random.said().size());
        assertThat(links.count(Ledger.Identity.LINKED)).isEqualTo(random.said().size());
      }
    }
  }

  private static TestSetup setup(IdentityCase of) {
    return replay()
        .rules(QUICK)
        .identity(of.settings())
        .keeper(KeeperSettings.of(FoldSettings.DEFAULTS, KeeperSettings.ANY_LATENESS));
  }

  private static long feed(TestPipeline pipeline, IdentityCase of, IdentityCase.Links when) {
    Random random = new Random(of.seed());
    List<Touchpoint> touchpoints = new ArrayList<>(of.touchpoints());
    of.touchpoints().stream().filter(t -> random.nextInt(8) == 0).forEach(touchpoints::add);
    Collections.shuffle(touchpoints, random);
    Comparator<Touchpoint> linksFirst = Comparator.comparing(t -> t.identifiers().size() < 2);
    switch (when) {
      case FIRST -> touchpoints.sort(linksFirst);
      case LAST -> touchpoints.sort(linksFirst.reversed());
      case SHUFFLED -> {}
    }
    List<IdentityLink> said = new ArrayList<>(of.said());
    Collections.shuffle(said, random);
    List<Runnable> all = new ArrayList<>();
    touchpoints.forEach(touchpoint -> all.add(() -> pipeline.arrives(touchpoint)));
    List<Runnable> links = new ArrayList<>();
    said.forEach(link -> links.add(() -> pipeline.arrives(link)));
    switch (when) {
      case FIRST -> all.addAll(0, links);
      case LAST -> all.addAll(links);
      case SHUFFLED -> {
        all.addAll(links);
        Collections.shuffle(all, random);
      }
    }
    for (Runnable arrival : all) {
      arrival.run();
      if (random.nextInt(10) == 0) {
        pipeline.advance(A_MOMENT);
      }
    }
    pipeline.tick(IdentityCase.END);
    return touchpoints.size();
  }

  private static Map<String, Object> views(TestPipeline pipeline) {
    Map<String, Object> views = new TreeMap<>();
    pipeline.alertsLatest().forEach(alert -> put(views, "alert ", alert));
    pipeline.journeys().forEach(journey -> put(views, "journey ", journey));
    pipeline.guidance().forEach(guidance -> put(views, "guidance ", guidance));
    return views;
  }

  private static <V> List<V> of(Map<String, Object> views, Class<V> type) {
    return views.values().stream().filter(type::isInstance).map(type::cast).toList();
  }

  private static void put(Map<String, Object> views, String kind, Published<?> published) {
    if (published.value() == null) {
      views.remove(kind + published.key());
    } else {
      views.put(kind + published.key(), published.value());
    }
  }

  private static Map<String, Object> expected(IdentityCase of) {
    Map<String, Object> expected = new TreeMap<>();
    LiteralReading.customers(of.settings(), of.touchpoints(), of.said())
        .forEach(
            (customer, theirs) -> {
              Views views =
                  CustomerFold.fold(
                      FoldSettings.DEFAULTS, QUICK, customer, theirs, IdentityCase.END);
              views.alerts().forEach(alert -> expected.put("alert " + alert.id(), alert));
              views.journeys().forEach(view -> expected.put("journey " + view.id(), view));
              views.guidance().forEach(view -> expected.put("guidance " + view.customer(), view));
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
