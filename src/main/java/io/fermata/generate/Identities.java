package io.fermata.generate;

import io.fermata.model.Channel;
import io.fermata.model.Direction;
import io.fermata.model.Identifier;
import java.util.List;
import java.util.Set;

/**
 * Under which identifiers a customer is seen. Most are always known by their customer number. A
 * visitor is known by a cookie, device, phone, address or handle until something identifies them on
 * that channel; that touchpoint carries both identifiers.
 */
final class Identities {

  /** What can't be done without saying who one is. */
  private static final Set<String> IDENTIFYING =
      Set.of(
          Vocabulary.SELFSERVICE_COMPLETED,
          Vocabulary.TASK_STARTED,
          Vocabulary.TASK_COMPLETED,
          Vocabulary.ORDER_PLACED,
          Vocabulary.ORDER_STATUS_VIEWED,
          Vocabulary.OFFER_ACCEPTED,
          Vocabulary.COMPLAINT_FILED,
          Vocabulary.HANDOVER_DONE,
          Vocabulary.SURVEY_ANSWERED);

  private final long seed;

  Identities(long seed) {
    this.seed = Dice.hash(seed, 0x1DE47);
  }

  /** Identifiers of a touchpoint, the strongest first. */
  List<Identifier> of(
      Customer c, String type, Channel channel, Direction direction, boolean identified) {
    if (!c.persona.visitor() || direction == Direction.OUTBOUND) {
      return c.identity;
    }
    Identifier weak = weaker(c, channel);
    if (weak == null) {
      return c.identity;
    }
    if (!identified && !IDENTIFYING.contains(type)) {
      return List.of(weak);
    }
    boolean linked = Dice.unit(Dice.hash(seed ^ c.index, 7)) >= Rates.NEVER_LOGS_IN;
    return linked ? List.of(c.identity.get(0), weak) : c.identity;
  }

  private Identifier weaker(Customer c, Channel channel) {
    return switch (channel) {
      case WEB, WEB_CHAT, CHATBOT -> new Identifier("cookie", cookie(c));
      case IN_APP, PUSH -> new Identifier("device", "d" + code(c.index, 2));
      case VOICE, IVR, SMS -> new Identifier("phone", "+48" + (500_000_000 + c.index));
      case EMAIL -> new Identifier("email", "c" + (c.index + 1) + "@mail.example");
      case MESSENGER, SOCIAL -> new Identifier("social", "@u" + code(c.index, 3));
      default -> null;
    };
  }

  /** Some households share a tablet. */
  private String cookie(Customer c) {
    int household = c.index / 2;
    boolean shared = Dice.unit(Dice.hash(seed ^ household, 5)) < Rates.SHARED_DEVICE;
    return shared ? "h" + code(household, 4) : "c" + code(c.index, 1);
  }

  private String code(int number, int kind) {
    long hash = Dice.hash(seed, ((long) kind << 32) + number) & 0xFFFFFFFFFFL;
    return Long.toString(hash, Character.MAX_RADIX);
  }
}
