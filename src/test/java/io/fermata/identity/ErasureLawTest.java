package io.fermata.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.fermata.journey.CustomerFold;
import io.fermata.journey.FoldSettings;
import io.fermata.journey.Views;
import io.fermata.model.Alert;
import io.fermata.model.IdentityLink;
import io.fermata.model.Touchpoint;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Law 6 through the pure core: what is left after an erasure is what a reader finds who forgets
 * what had come before. {@code -Dfermata.cases=N}, {@code -Dfermata.seed=N}.
 */
class ErasureLawTest {

  private static final long FIRST_SEED = Long.getLong("fermata.seed", 1);
  private static final long CASES = Long.getLong("fermata.cases", 300);

  /** One case cut in two by an erasure. */
  private record Cut(
      IdentityCase of,
      List<Touchpoint> before,
      List<Touchpoint> after,
      List<IdentityLink> saidBefore,
      List<IdentityLink> saidAfter,
      String name) {

    static Cut of(long seed) {
      IdentityCase of = IdentityCase.of(seed);
      Random random = new Random(~seed);
      int at = 1 + random.nextInt(of.touchpoints().size());
      List<Touchpoint> before = of.touchpoints().subList(0, at);
      int saidAt = random.nextInt(of.said().size() + 1);
      List<IdentityLink> saidBefore = of.said().subList(0, saidAt);
      TreeSet<String> names = new TreeSet<>();
      before.forEach(each -> each.identifiers().forEach(identifier -> names.add(identifier.key())));
      saidBefore.forEach(link -> names.addAll(List.of(link.from(), link.to())));
      names.removeIf(of.settings()::isPlaceholder);
      List<String> all = List.copyOf(names);
      return new Cut(
          of,
          before,
          of.touchpoints().subList(at, of.touchpoints().size()),
          saidBefore,
          of.said().subList(saidAt, of.said().size()),
          all.isEmpty() ? "customer:nobody-else" : all.get(random.nextInt(all.size())));
    }

    LiteralReading read() {
      return LiteralReading.of(of.settings(), before, saidBefore, (touchpoint, weaker) -> true);
    }

    @Override
    public String toString() {
      return "%s%n%d of them and %d of what was said, then erase %s"
          .formatted(of, before.size(), saidBefore.size(), name);
    }
  }

  @Test
  void shouldEndInTheViewsOfAReaderWhoForgets() {
    long cases = 0;
    long erased = 0;
    for (long seed = FIRST_SEED; seed < FIRST_SEED + CASES; seed++) {
      Cut cut = Cut.of(seed);
      Set<String> gone = gone(cut);
      if (losesInSteps(cut, gone)) {
        continue;
      }
      cases++;
      erased += gone.size();
      MemoryNames names = run(cut);

      assertThat(names.views).as("%s%ngone %s", cut, gone).isEqualTo(expected(cut, gone));
    }
    System.out.printf(
        "erasure, seeds %d to %d: %d cases, %d names erased, 0 differences%n",
        FIRST_SEED, FIRST_SEED + CASES - 1, cases, erased);
    assertThat(erased).isGreaterThan(cases);
  }

  @Test
  void shouldKnowNothingOfWhoWasErasedAndAllOfOthers() {
    for (long seed = FIRST_SEED; seed < FIRST_SEED + CASES; seed++) {
      Cut cut = Cut.of(seed);
      Set<String> gone = gone(cut);
      Set<String> shared = sharedWithOthers(cut, gone);
      MemoryNames names =
          new MemoryNames(StitchingLawTest.RULES, cut.of.settings(), new Random(seed));
      feed(names, cut.of.settings(), cut.before, cut.saidBefore);
      names.deliver(0);
      Set<String> known =
          cut.before.stream()
              .map(touchpoint -> LiteralReading.strongest(touchpoint).key())
              .collect(Collectors.toCollection(TreeSet::new));
      assertThat(known).as("%s", cut).allMatch(names::knows);
      names.erase(cut.name);
      names.deliver(0);

      for (String name : gone) {
        if (!shared.contains(name)) {
          assertThat(names.knows(name)).as("%s%nknows %s", cut, name).isFalse();
        }
      }
    }
  }

  private static MemoryNames run(Cut cut) {
    MemoryNames names =
        new MemoryNames(StitchingLawTest.RULES, cut.of.settings(), new Random(cut.of.seed()));
    feed(names, cut.of.settings(), cut.before, cut.saidBefore);
    names.deliver(0);
    names.erase(cut.name);
    names.deliver(0);
    feed(names, cut.of.settings(), cut.after, cut.saidAfter);
    names.deliver(0);
    names.settle(IdentityCase.END);
    return names;
  }

  private static void feed(
      MemoryNames names, IdentitySettings settings, List<Touchpoint> all, List<IdentityLink> said) {
    for (Touchpoint touchpoint : all) {
      names.touchpoint(touchpoint, settings.keys().keyOf(touchpoint));
      TouchpointLinks.find(
          touchpoint,
          settings,
          link -> names.link(link, touchpoint.id()),
          link -> names.link(link, touchpoint.id()));
    }
    for (IdentityLink one : said) {
      SaidLinks.find(
          one,
          settings,
          link -> names.said(link, one.revoked(), "crm"),
          link -> {
            if (!one.revoked()) {
              names.refusedSaid(link, "crm");
            }
          });
    }
  }

  /** The names that an erasure takes along, from all links at once. */
  private static Set<String> gone(Cut cut) {
    Map<String, List<Link>> links = counting(cut);
    Set<String> gone = new LinkedHashSet<>();
    // Up, while there is one owner alone, and for all time.
    String name = cut.name;
    while (name != null && gone.add(name)) {
      List<Link> mine = links.getOrDefault(name, List.of());
      boolean always = owners(mine).size() == 1 && isForAllTime(mine);
      name = always ? mine.get(0).to() : null;
    }
    // Down, to all who belonged to nobody else.
    boolean more = true;
    while (more) {
      more = false;
      for (Map.Entry<String, List<Link>> each : links.entrySet()) {
        more |= gone.containsAll(owners(each.getValue())) && gone.add(each.getKey());
      }
    }
    return gone;
  }

  private static Map<String, List<Link>> counting(Cut cut) {
    Map<String, List<Link>> links = new TreeMap<>(cut.read().links());
    links.keySet().removeIf(name -> name.startsWith("customer:"));
    return links;
  }

  private static Set<String> owners(List<Link> links) {
    return links.stream().map(Link::to).collect(Collectors.toSet());
  }

  /** Whether one of the links holds at any time from the first on. */
  private static boolean isForAllTime(List<Link> links) {
    return links.stream()
        .map(Link::until)
        .filter(Objects::nonNull)
        .allMatch(end -> links.stream().anyMatch(link -> link.holdsAt(end)));
  }

  /**
   * Whether a name loses several owners one by one, and for a moment may belong to one of those
   * whom it is about to lose: one that had too many links, or links that have ended.
   */
  private static boolean losesInSteps(Cut cut, Set<String> gone) {
    return counting(cut).values().stream()
        .anyMatch(
            links -> {
              Set<String> owners = owners(links);
              boolean steps =
                  owners.size() > cut.of.settings().maxLinks()
                      || links.stream().anyMatch(link -> link.until() != null);
              owners.retainAll(gone);
              return steps && owners.size() > 1;
            });
  }

  private static Set<String> sharedWithOthers(Cut cut, Set<String> gone) {
    Set<String> shared = new HashSet<>();
    for (Touchpoint touchpoint : cut.before) {
      if (!gone.contains(LiteralReading.strongest(touchpoint).key())) {
        touchpoint.identifiers().forEach(identifier -> shared.add(identifier.key()));
      }
    }
    return shared;
  }

  private static Map<String, Object> expected(Cut cut, Set<String> gone) {
    IdentitySettings settings = cut.of.settings();
    LiteralReading before = cut.read();
    List<Touchpoint> known = new ArrayList<>();
    for (Touchpoint touchpoint : cut.before) {
      if (Collections.disjoint(before.way(touchpoint), gone)) {
        known.add(touchpoint);
      }
    }
    known.addAll(cut.after);
    Set<Touchpoint> old = Collections.newSetFromMap(new IdentityHashMap<>());
    old.addAll(cut.before);
    List<IdentityLink> said = new ArrayList<>(cut.saidBefore);
    said.removeIf(link -> gone.contains(link.from()) || gone.contains(link.to()));
    said.addAll(cut.saidAfter);
    LiteralReading now =
        LiteralReading.of(
            settings,
            cut.of.touchpoints(),
            said,
            (touchpoint, weaker) ->
                !old.contains(touchpoint)
                    || (!gone.contains(weaker)
                        && !gone.contains(LiteralReading.strongest(touchpoint).key())));
    Map<String, Object> expected = new TreeMap<>();
    now.customersOf(known)
        .forEach(
            (customer, theirs) -> {
              Views views =
                  CustomerFold.fold(
                      FoldSettings.DEFAULTS,
                      StitchingLawTest.RULES,
                      customer,
                      theirs,
                      IdentityCase.END);
              views.alerts().forEach(alert -> expected.put("alert " + alert.id(), alert));
              views.journeys().forEach(journey -> expected.put("journey " + journey.id(), journey));
              views.guidance().forEach(view -> expected.put("guidance " + view.customer(), view));
            });
    for (Alert alert : shared(cut.of, now, known)) {
      expected.put("alert " + alert.id(), alert);
    }
    return expected;
  }

  /** That placeholders were used is not forgotten. */
  private static List<Alert> shared(IdentityCase of, LiteralReading now, List<Touchpoint> known) {
    Map<String, Link> placeholders = new TreeMap<>();
    for (Touchpoint touchpoint : of.touchpoints()) {
      TouchpointLinks.find(
          touchpoint, of.settings(), link -> {}, link -> keepFirst(placeholders, link));
    }
    for (IdentityLink one : of.said()) {
      if (!one.revoked()) {
        SaidLinks.find(one, of.settings(), link -> {}, link -> keepFirst(placeholders, link));
      }
    }
    List<Alert> alerts = new ArrayList<>();
    placeholders
        .values()
        .forEach(link -> alerts.add(SharedIdentifier.refused(link, of.settings())));
    now.links()
        .forEach(
            (name, links) -> {
              LinkSet set = LinkSet.of(name, links, of.settings());
              if (set.refused() != null) {
                alerts.add(SharedIdentifier.refused(set.refused(), of.settings()));
              }
              if (!set.tooMany().isEmpty()) {
                alerts.add(SharedIdentifier.tooMany(name, set.tooMany(), of.settings().maxLinks()));
              }
            });
    now.circled(known)
        .forEach((name, first) -> alerts.add(SharedIdentifier.circle(name, first.position())));
    return alerts;
  }

  private static void keepFirst(Map<String, Link> placeholders, Link link) {
    placeholders.merge(link.from(), link, (one, other) -> one.compareTo(other) <= 0 ? one : other);
  }
}
