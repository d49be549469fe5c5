package io.fermata.identity;

import io.fermata.model.Alert;
import io.fermata.model.AlertStatus;
import io.fermata.model.Change;
import io.fermata.model.Ids;
import io.fermata.model.Pillar;
import io.fermata.model.Polarity;
import io.fermata.model.Position;
import io.fermata.model.Severity;
import java.util.List;
import java.util.Map;

/**
 * The built-in rule {@code shared-identifier}: an identifier that links nothing, because it stands
 * for nobody or for too many, or belongs to itself by a detour. Anchor: the link or touchpoint by
 * which that showed, first in their order.
 */
public final class SharedIdentifier {

  public static final String RULE = "shared-identifier";

  /** Subject of alerts about circles: their anchor may be that of another alert of the name. */
  private static final String CIRCLE = "circle";

  private static final Map<String, String> TITLE =
      Map.of(
          "en", "Identifier shared by too many customers",
          "pl", "Identyfikator wspólny dla zbyt wielu klientów");
  private static final Map<String, String> ADVICE =
      Map.of(
          "en", "Find out what writes it; add it to identity.ignore if it stands for nobody",
          "pl", "Sprawdź, co go zapisuje; dodaj do identity.ignore, jeśli nie oznacza nikogo");

  /** The rule has no file; its version is that of its text. */
  private static final String VERSION = Ids.sha256(RULE + '\n' + 1, 12);

  private SharedIdentifier() {}

  /**
   * @param first the first link that a name would have made that may not belong to another
   */
  static Alert refused(Link first, IdentitySettings settings) {
    Refusal reason = settings.isPlaceholder(first.from()) ? Refusal.PLACEHOLDER : Refusal.CONFLICT;
    Position anchor = new Position(first.at(), first.id());
    return alert(first.from(), "", anchor, Severity.LOW, 1, 0, List.of(first.id()), reason);
  }

  /**
   * @param firsts the links that were the first to each name, the last of them one too many
   */
  static Alert tooMany(String name, List<Link> firsts, int maxLinks) {
    List<String> evidence =
        firsts.stream()
            .map(Link::id)
            .skip(Math.max(0, firsts.size() - Alert.MAX_EVIDENCE))
            .toList();
    Link last = firsts.get(firsts.size() - 1);
    return alert(
        name,
        "",
        new Position(last.at(), last.id()),
        Severity.MEDIUM,
        firsts.size(),
        maxLinks,
        evidence,
        Refusal.TOO_MANY);
  }

  /**
   * @param first the first touchpoint that went from name to name and came back to this one
   */
  static Alert circle(String name, Position first) {
    return alert(name, CIRCLE, first, Severity.LOW, 1, 0, List.of(first.id()), Refusal.CIRCLE);
  }

  private static Alert alert(
      String name,
      String subject,
      Position anchor,
      Severity severity,
      double measure,
      double threshold,
      List<String> evidence,
      Refusal reason) {
    return new Alert(
        Ids.alert(RULE, name, subject, anchor.id()),
        RULE,
        VERSION,
        AlertStatus.RAISED,
        Polarity.BAD,
        severity,
        name,
        subject,
        anchor.at(),
        null,
        measure,
        threshold,
        Pillar.INTEGRITY,
        null,
        null,
        evidence,
        TITLE,
        ADVICE,
        Map.of("reason", reason.reason()));
  }

  /**
   * Publishes what has become of an alert.
   *
   * @param before null where there was none, as {@code now} where there is none any more
   */
  static void publish(Neighbours neighbours, Alert before, Alert now) {
    if (before != null && (now == null || !before.id().equals(now.id()))) {
      neighbours.alert(Change.RETRACTED, null, before.withStatus(AlertStatus.RETRACTED));
    }
    if (now != null && !now.equals(before)) {
      boolean isNew = before == null || !before.id().equals(now.id());
      neighbours.alert(isNew ? Change.RAISED : Change.CHANGED, isNew ? null : before, now);
    }
  }
}
