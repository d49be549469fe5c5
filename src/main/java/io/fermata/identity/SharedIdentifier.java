package io.fermata.identity;

import io.fermata.model.Alert;
import io.fermata.model.AlertStatus;
import io.fermata.model.Ids;
import io.fermata.model.Pillar;
import io.fermata.model.Polarity;
import io.fermata.model.Severity;
import java.util.List;
import java.util.Map;

/**
 * The built-in rule {@code shared-identifier}: an identifier that links nothing, because it stands
 * for nobody or for too many. Anchor: the link by which that showed, first in their order.
 */
public final class SharedIdentifier {

  public static final String RULE = "shared-identifier";

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
    String reason = settings.isPlaceholder(first.from()) ? "placeholder" : "conflict";
    return alert(first.from(), first, Severity.LOW, 1, 0, List.of(first.id()), reason);
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
    return alert(name, last, Severity.MEDIUM, firsts.size(), maxLinks, evidence, "too-many");
  }

  private static Alert alert(
      String name,
      Link anchor,
      Severity severity,
      double measure,
      double threshold,
      List<String> evidence,
      String reason) {
    return new Alert(
        Ids.alert(RULE, name, "", anchor.id()),
        RULE,
        VERSION,
        AlertStatus.RAISED,
        Polarity.BAD,
        severity,
        name,
        "",
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
        Map.of("reason", reason));
  }
}
