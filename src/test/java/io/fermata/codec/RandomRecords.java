package io.fermata.codec;

import io.fermata.model.Alert;
import io.fermata.model.AlertStatus;
import io.fermata.model.Area;
import io.fermata.model.Channel;
import io.fermata.model.ContactDecision;
import io.fermata.model.ContactGuidance;
import io.fermata.model.CustomerTier;
import io.fermata.model.Direction;
import io.fermata.model.HandledBy;
import io.fermata.model.Identifier;
import io.fermata.model.IdentityLink;
import io.fermata.model.Journey;
import io.fermata.model.JourneyStatus;
import io.fermata.model.Outcome;
import io.fermata.model.Pillar;
import io.fermata.model.Polarity;
import io.fermata.model.Purpose;
import io.fermata.model.ReservationAnswer;
import io.fermata.model.Score;
import io.fermata.model.ScoreKind;
import io.fermata.model.Severity;
import io.fermata.model.Touchpoint;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;

/** Records with anything in them, crowded towards the edges; the same seed gives the same ones. */
public final class RandomRecords {

  private static final List<String> TEXTS =
      List.of(
          "a",
          "card-blocked",
          "zażółć",
          "漢字",
          "😀",
          "ÿ\u0000\n\"",
          "x".repeat(127),
          "y".repeat(300));

  private RandomRecords() {}

  public static Touchpoint touchpoint(Random random) {
    return Touchpoint.builder()
        .id(text(random))
        .occurredAt(time(random))
        .identifiers(list(random, 1, 3, () -> new Identifier(text(random), text(random))))
        .channel(symbol(random, Channel.values()))
        .direction(symbol(random, Direction.values()))
        .type(text(random))
        .purpose(sometimes(random, () -> symbol(random, Purpose.values())))
        .area(sometimes(random, () -> symbol(random, Area.values())))
        .topic(sometimes(random, () -> text(random)))
        .caseId(sometimes(random, () -> text(random)))
        .campaign(sometimes(random, () -> text(random)))
        .handledBy(sometimes(random, () -> symbol(random, HandledBy.values())))
        .agent(sometimes(random, () -> text(random)))
        .outcome(sometimes(random, () -> symbol(random, Outcome.values())))
        .waitSeconds(sometimes(random, () -> whole(random)))
        .handleSeconds(sometimes(random, () -> whole(random)))
        .transfers(sometimes(random, () -> whole(random)))
        .sentiment(sometimes(random, () -> random.nextDouble() * 2 - 1))
        .dueAt(sometimes(random, () -> time(random)))
        .score(sometimes(random, () -> score(random)))
        .cost(sometimes(random, () -> number(random)))
        .customerTier(sometimes(random, () -> symbol(random, CustomerTier.values())))
        .segment(sometimes(random, () -> text(random)))
        .timeZone(sometimes(random, () -> "Europe/Warsaw"))
        .attributes(texts(random))
        .build();
  }

  public static Alert alert(Random random) {
    return new Alert(
        text(random),
        text(random),
        text(random),
        symbol(random, AlertStatus.values()),
        symbol(random, Polarity.values()),
        symbol(random, Severity.values()),
        text(random),
        random.nextBoolean() ? "" : text(random),
        time(random),
        sometimes(random, () -> time(random)),
        number(random),
        number(random),
        symbol(random, Pillar.values()),
        sometimes(random, () -> symbol(random, Area.values())),
        sometimes(random, () -> symbol(random, Channel.values())),
        list(random, 0, 50, () -> text(random)),
        texts(random),
        texts(random),
        texts(random));
  }

  public static Journey journey(Random random) {
    return new Journey(
        text(random),
        text(random),
        text(random),
        symbol(random, JourneyStatus.values()),
        time(random),
        time(random),
        sometimes(random, () -> time(random)),
        list(random, 0, 4, () -> symbol(random, Channel.values())),
        whole(random),
        whole(random),
        whole(random),
        time(random),
        time(random),
        whole(random),
        whole(random),
        whole(random),
        whole(random),
        number(random),
        number(random),
        sometimes(random, () -> symbol(random, Outcome.values())));
  }

  public static ContactGuidance guidance(Random random) {
    Map<String, Map<String, Integer>> pressure = new LinkedHashMap<>();
    Map<String, Long> nextAllowedAt = new LinkedHashMap<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      pressure.put(text(random), Map.of("P7D", whole(random), "P1D", whole(random)));
      nextAllowedAt.put(text(random), time(random));
    }
    return new ContactGuidance(
        text(random),
        time(random),
        pressure,
        nextAllowedAt,
        sometimes(random, () -> time(random)),
        list(random, 0, 3, () -> text(random)),
        whole(random),
        sometimes(random, () -> symbol(random, Channel.values())),
        list(random, 0, 3, () -> text(random)));
  }

  public static ReservationAnswer reservationAnswer(Random random) {
    return new ReservationAnswer(
        text(random),
        text(random),
        new ContactDecision(
            text(random),
            channel(random),
            time(random),
            symbol(random, ContactDecision.Verdict.values()),
            sometimes(random, () -> time(random)),
            list(
                random,
                0,
                3,
                () ->
                    new ContactDecision.Reason(
                        text(random),
                        sometimes(random, () -> text(random)),
                        list(random, 0, 3, () -> text(random))))),
        sometimes(random, () -> time(random)));
  }

  public static Channel channel(Random random) {
    return symbol(random, Channel.values());
  }

  public static IdentityLink identityLink(Random random) {
    return new IdentityLink(
        sometimes(random, () -> text(random)),
        text(random),
        text(random),
        time(random),
        sometimes(random, () -> time(random)),
        random.nextBoolean());
  }

  /** Text of one to three pieces. */
  public static String text(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(3); i >= 0; i--) {
      text.append(TEXTS.get(random.nextInt(TEXTS.size())));
    }
    return text.append(random.nextInt(100)).toString();
  }

  /** A time between the years 1938 and 2106, often at an edge of its encoding. */
  public static long time(Random random) {
    return switch (random.nextInt(4)) {
      case 0 -> random.nextInt(130) - 65;
      case 1 -> random.nextInt() * 1000L;
      default -> 1_770_000_000_000L + random.nextInt();
    };
  }

  public static <T> List<T> list(Random random, int least, int most, Supplier<T> element) {
    List<T> list = new ArrayList<>();
    for (int i = least + random.nextInt(most - least + 1); i > 0; i--) {
      list.add(element.get());
    }
    return list;
  }

  private static Score score(Random random) {
    double min = random.nextInt(3);
    double max = min + random.nextInt(11);
    double value = min + random.nextDouble() * (max - min);
    return new Score(
        symbol(random, ScoreKind.values()), value, min, max, sometimes(random, () -> text(random)));
  }

  private static Map<String, String> texts(Random random) {
    Map<String, String> texts = new LinkedHashMap<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      texts.put(text(random), text(random));
    }
    return texts;
  }

  private static int whole(Random random) {
    return switch (random.nextInt(3)) {
      case 0 -> random.nextInt(200);
      case 1 -> Integer.MAX_VALUE - random.nextInt(2);
      default -> random.nextInt(100_000);
    };
  }

  private static double number(Random random) {
    return switch (random.nextInt(3)) {
      case 0 -> random.nextInt(1_000);
      case 1 -> random.nextDouble() * 1e-9;
      default -> random.nextDouble() * 1e18;
    };
  }

  private static <E> E symbol(Random random, E[] symbols) {
    return symbols[random.nextInt(symbols.length)];
  }

  private static <T> T sometimes(Random random, Supplier<T> value) {
    return random.nextBoolean() ? value.get() : null;
  }
}
