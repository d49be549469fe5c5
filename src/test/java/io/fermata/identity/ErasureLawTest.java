package io.fermata.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.fermata.journey.CustomerFold;
import io.fermata.journey.FoldSettings;
import io.fermata.journey.Views;
import io.fermata.model.Alert;
import io.fermata.model.Identifier;
import io.fermata.model.Touchpoint;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Law 6 through the pure core: what is left after an erasure is what a reader finds who forgets what
 * had come before. {@code -Dfermata.cases=N}, {@code -Dfermata.seed=N}.
 */
class ErasureLawTest {

  private static final long FIRST_SEED = Long.getLong("fermata.seed", 1);
  private static final long CASES = Long.getLong("fermata.cases", 300);

  /** One case cut in two by an erasure. */
  private record Cut(IdentityCase of, List<Touchpoint> before, List<Touchpoint> after, String name) {

    static Cut of(long seed) {
      IdentityCase of = IdentityCase.of(seed);
      Random random = new Random(~seed);
      int at = 1 + random.nextInt(of.touchpoints().size());
      List<Touchpoint> before = of.touchpoints().subList(0, at);
      TreeSet<String> names = new TreeSet<>();
      for (Touchpoint touchpoint : before) {
        touchpoint.identifiers().stream()
            .filter(identifier -> !LiteralReading.ignored(identifier))
            .forEach(identifier -> names.add(identifier.key()));
      }
      List<String> all = List.copyOf(names);
      return new Cut(
          of,
          before,
          of.touchpoints().subList(at, of.touchpoints().size()),
          all.isEmpty() ? "customer:nobody-else" : all.get(random.nextInt(all.size())));
    }

    @Override
    public String toString() {
      return of + "\n" + before.size() + " of them, then erase " + name;
    }
  }

  @Test
  void shouldEndInTheViewsOfAReaderWhoForgets() {
    long cases = 0;
    long erased = 0;
    for (long seed = FIRST_SEED; seed < FIRST_SEED + CASES; seed++) {
      Cut cut = Cut.of(seed);
      Set<String> gone = gone(cut);
      if (opensAKiosk(cut, gone)) {
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
      MemoryNames names = new MemoryNames(StitchingLawTest.RULES, cut.of.settings(), new Random(seed));
      feed(names, cut.of.settings(), cut.before);
      names.deliver(0);
      Set<String> known = cut.before.stream()
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
    feed(names, cut.of.settings(), cut.before);
    names.deliver(0);
    names.erase(cut.name);
    names.deliver(0);
    feed(names, cut.of.settings(), cut.after);
    names.deliver(0);
    names.settle(IdentityCase.END);
    return names;
  }

  private static void feed(MemoryNames names, IdentitySettings settings, List<Touchpoint> all) {
    for (Touchpoint touchpoint : all) {
      names.touchpoint(touchpoint, settings.keys().keyOf(touchpoint));
      TouchpointLinks.find(
          touchpoint,
          settings,
          link -> names.link(link, false, touchpoint.id()),
          link -> names.link(link, false, touchpoint.id()));
    }
  }

  /** The names that an erasure takes along, from all links at once. */
  private static Set<String> gone(Cut cut) {
    Map<String, Set<String>> owners = owners(cut);
    Set<String> gone = new LinkedHashSet<>();
    // Up, while there is one owner alone.
    String name = cut.name;
    while (gone.add(name) && owners.getOrDefault(name, Set.of()).size() == 1) {
      name = owners.get(name).iterator().next();
    }
    // Down, to all who belonged to nobody else.
    boolean more = true;
    while (more) {
      more = false;
      for (Map.Entry<String, Set<String>> each : owners.entrySet()) {
        more |= gone.containsAll(each.getValue()) && gone.add(each.getKey());
      }
    }
    return gone;
  }

  private static Map<String, Set<String>> owners(Cut cut) {
    Map<String, Set<String>> owners = new TreeMap<>();
    for (Touchpoint touchpoint : cut.before) {
      Identifier strongest = LiteralReading.strongest(touchpoint);
      for (Identifier weaker : touchpoint.identifiers()) {
        if (!weaker.equals(strongest)
            && !LiteralReading.ignored(weaker)
            && !LiteralReading.ignored(strongest)) {
          owners.computeIfAbsent(weaker.key(), any -> new TreeSet<>()).add(strongest.key());
        }
      }
    }
    return owners;
  }

  /**
   * Whether a name that had too many links loses several, and for a moment may belong to one of
   * those whom it is about to lose.
   */
  private static boolean opensAKiosk(Cut cut, Set<String> gone) {
    return owners(cut).values().stream()
        .anyMatch(
            owners ->
                owners.size() > cut.of.settings().maxLinks()
                    && owners.stream().filter(gone::contains).count() > 1);
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
    LiteralReading before =
        LiteralReading.of(settings, cut.before, (touchpoint, weaker) -> true);
    List<Touchpoint> known = new ArrayList<>();
    for (Touchpoint touchpoint : cut.before) {
      if (Collections.disjoint(before.way(touchpoint), gone)) {
        known.add(touchpoint);
      }
    }
    known.addAll(cut.after);
    Set<Touchpoint> old = Collections.newSetFromMap(new IdentityHashMap<>());
    old.addAll(cut.before);
    LiteralReading now =
        LiteralReading.of(
            settings,
            cut.of.touchpoints(),
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
    for (Alert alert : shared(cut.of, now)) {
      expected.put("alert " + alert.id(), alert);
    }
    return expected;
  }

  /** That placeholders were used is not forgotten. */
  private static List<Alert> shared(IdentityCase of, LiteralReading now) {
    Map<String, Link> placeholders = new TreeMap<>();
    for (Touchpoint touchpoint : of.touchpoints()) {
      TouchpointLinks.find(
          touchpoint,
          of.settings(),
          link -> {},
          link ->
              placeholders.merge(
                  link.from(), link, (one, other) -> one.compareTo(other) <= 0 ? one : other));
    }
    List<Alert> alerts = new ArrayList<>();
    placeholders
        .values()
        .forEach(link -> alerts.add(SharedIdentifier.refused(link, of.settings())));
    now.links()
        .forEach(
            (name, links) -> {
              List<Link> tooMany = LinkSet.of(links, of.settings().maxLinks()).tooMany();
              if (!tooMany.isEmpty()) {
                alerts.add(SharedIdentifier.tooMany(name, tooMany, of.settings().maxLinks()));
              }
            });
    return alerts;
  }
}
