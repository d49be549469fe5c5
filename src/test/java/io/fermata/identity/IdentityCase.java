package io.fermata.identity;

import io.fermata.model.Channel;
import io.fermata.model.CustomerKeys;
import io.fermata.model.Direction;
import io.fermata.model.Identifier;
import io.fermata.model.Touchpoint;
import io.fermata.model.TouchpointBuilder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Random touchpoints of a few people with many names; derived from a seed alone. */
public record IdentityCase(long seed, IdentitySettings settings, List<Touchpoint> touchpoints) {

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
      touchpoints.add(builder.identifiers(identifiers).build());
    }
    return new IdentityCase(seed, settings, List.copyOf(touchpoints));
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
    return text.toString();
  }
}
