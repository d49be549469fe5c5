package io.fermata.identity;

import io.fermata.model.Channel;
import io.fermata.model.CustomerKeys;
import io.fermata.model.Direction;
import io.fermata.model.Identifier;
import io.fermata.model.IdentityLink;
import io.fermata.model.IdentityLinkValidator;
import io.fermata.model.Touchpoint;
import io.fermata.model.TouchpointBuilder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * Random touchpoints of a few people with many names, and what a CRM says of these names; derived
 * from a seed alone. Some touchpoints under several names have one id and time; those under one
 * name never have.
 */
public record IdentityCase(
    long seed, IdentitySettings settings, List<Touchpoint> touchpoints, List<IdentityLink> said) {

  /** When links arrive, among the touchpoints they are about. */
  public enum Links {
    FIRST,
    LAST,
    SHUFFLED
  }

  public static final long START = 1_772_359_200_000L;
  public static final long SPAN = 40_000;
  public static final long END = START + 10 * SPAN;

  private static final String[] WEAK = {"email", "device", "cookie", "call", "tattoo"};
  private static final String[] TYPES = {
    "contact.ended", "contact.ended", "callback.promised", "callback.made", "page.viewed"
  };

  public static IdentityCase of(long seed) {
    Random random = new Random(seed);
    IdentitySettings settings =
        new IdentitySettings(
            new CustomerKeys(CustomerKeys.DEFAULT_ORDER), Set.of("nobody"), 1 + random.nextInt(4));
    int people = 1 + random.nextInt(3);
    int names = 1 + random.nextInt(3);
    List<Touchpoint> touchpoints = new ArrayList<>();
    int count = 1 + random.nextInt(30);
    for (int i = 0; i < count; i++) {
      // Few times, so that links and touchpoints fall together.
      long at = START + random.nextInt(12) * (SPAN / 12);
      TouchpointBuilder builder =
          Touchpoint.builder()
              .id("t" + random.nextInt(1000) + "-" + i)
              .occurredAt(at)
              .channel(Channel.WEB)
              .direction(Direction.INBOUND)
              .type(TYPES[random.nextInt(TYPES.length)])
              .waitSeconds(random.nextInt(700));
      boolean known = random.nextInt(3) == 0;
      List<Identifier> identifiers = new ArrayList<>();
      if (known) {
        identifiers.add(new Identifier("customer", "C" + random.nextInt(people)));
      }
      int weak = random.nextInt(known ? 3 : 2) + (known ? 0 : 1);
      for (int w = 0; w < weak; w++) {
        String value = random.nextInt(25) == 0 ? "nobody" : "n" + random.nextInt(names);
        identifiers.add(new Identifier(WEAK[random.nextInt(WEAK.length)], value));
      }
      Collections.shuffle(identifiers, random);
      builder.identifiers(identifiers);
      if (!touchpoints.isEmpty() && random.nextInt(6) == 0) {
        Touchpoint other = touchpoints.get(random.nextInt(touchpoints.size()));
        Touchpoint twin = builder.id(other.id()).occurredAt(other.occurredAt()).build();
        if (touchpoints.stream().noneMatch(each -> isOneAtItsName(settings, each, twin))) {
          touchpoints.add(twin);
          continue;
        }
        builder.id("t" + random.nextInt(1000) + "-" + i).occurredAt(at);
      }
      touchpoints.add(builder.build());
    }
    List<IdentityLink> said = said(random, people, names, touchpoints);
    return new IdentityCase(seed, settings, List.copyOf(touchpoints), said);
  }

  private static boolean isOneAtItsName(IdentitySettings settings, Touchpoint a, Touchpoint b) {
    return a.position().equals(b.position())
        && settings.keys().keyOf(a).equals(settings.keys().keyOf(b));
  }

  /** Links between any names, ends of them, and unlinks of these and of links of touchpoints. */
  private static List<IdentityLink> said(
      Random random, int people, int names, List<Touchpoint> touchpoints) {
    List<IdentityLink> said = new ArrayList<>();
    for (int i = random.nextInt(3) == 0 ? 0 : random.nextInt(10); i > 0; i--) {
      IdentityLink link = anyLink(random, people, names, touchpoints, said);
      if (IdentityLinkValidator.problems(link).isEmpty()) {
        said.add(link);
      }
    }
    return List.copyOf(said);
  }

  private static IdentityLink anyLink(
      Random random,
      int people,
      int names,
      List<Touchpoint> touchpoints,
      List<IdentityLink> before) {
    Long until = null;
    if (random.nextInt(3) == 0) {
      until = START + (1 + random.nextInt(14)) * (SPAN / 12);
    }
    boolean revoked = random.nextInt(3) == 0;
    if (!before.isEmpty() && random.nextInt(3) == 0) {
      IdentityLink again = before.get(random.nextInt(before.size()));
      return new IdentityLink(
          again.id(), again.from(), again.to(), again.at(), until, random.nextBoolean());
    }
    Touchpoint touchpoint = touchpoints.get(random.nextInt(touchpoints.size()));
    if (touchpoint.identifiers().size() > 1 && random.nextInt(2) == 0) {
      String to = new CustomerKeys(CustomerKeys.DEFAULT_ORDER).keyOf(touchpoint);
      String from = touchpoint.identifiers().get(random.nextInt(2)).key();
      return new IdentityLink(touchpoint.id(), from, to, touchpoint.occurredAt(), until, revoked);
    }
    return new IdentityLink(
        random.nextBoolean() ? null : "crm" + random.nextInt(3),
        anyName(random, people, names),
        anyName(random, people, names),
        START + random.nextInt(12) * (SPAN / 12),
        until,
        revoked);
  }

  private static String anyName(Random random, int people, int names) {
    if (random.nextInt(25) == 0) {
      return WEAK[random.nextInt(WEAK.length)] + ":nobody";
    }
    return random.nextInt(4) == 0
        ? "customer:C" + random.nextInt(people)
        : WEAK[random.nextInt(WEAK.length)] + ":n" + random.nextInt(names);
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("seed " + seed + ", maxLinks " + settings.maxLinks());
    for (Touchpoint touchpoint : touchpoints) {
      text.append("\n  ")
          .append(touchpoint.id())
          .append(" +")
          .append(touchpoint.occurredAt() - START)
          .append(' ')
          .append(touchpoint.type())
          .append(' ')
          .append(touchpoint.identifiers());
    }
    for (IdentityLink link : said) {
      text.append("\n  ")
          .append(link.revoked() ? "unlink " : "link ")
          .append(link.linkId())
          .append(" +")
          .append(link.at() - START)
          .append(' ')
          .append(link.from())
          .append(" -> ")
          .append(link.to())
          .append(link.until() == null ? "" : " until +" + (link.until() - START));
    }
    return text.toString();
  }
}
