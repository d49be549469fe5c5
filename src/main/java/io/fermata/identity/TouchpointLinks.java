package io.fermata.identity;

import io.fermata.model.Identifier;
import io.fermata.model.Touchpoint;
import java.util.List;
import java.util.function.Consumer;

/** The links a touchpoint makes: each weaker identifier on it belongs to its strongest. */
public final class TouchpointLinks {

  private TouchpointLinks() {}

  /**
   * Finds them.
   *
   * @param links gets every link that counts as far as the touchpoint alone can tell
   * @param refused gets a link from a placeholder to another name on the touchpoint: it does not
   *     count, and is a reason for the alert {@code shared-identifier} of its {@code from}
   */
  public static void find(
      Touchpoint touchpoint,
      IdentitySettings settings,
      Consumer<Link> links,
      Consumer<Link> refused) {
    List<Identifier> identifiers = touchpoint.identifiers();
    if (identifiers.size() < 2) {
      return;
    }
    Identifier strongest = settings.keys().strongest(identifiers);
    String to = strongest.key();
    boolean toNobody = settings.isPlaceholder(strongest);
    for (Identifier weaker : identifiers) {
      if (weaker.equals(strongest)) {
        continue;
      }
      String from = weaker.key();
      if (settings.isPlaceholder(weaker)) {
        refused.accept(new Link(from, to, touchpoint.occurredAt(), touchpoint.id()));
      } else if (toNobody) {
        refused.accept(new Link(to, from, touchpoint.occurredAt(), touchpoint.id()));
      } else {
        links.accept(new Link(from, to, touchpoint.occurredAt(), touchpoint.id()));
      }
    }
  }
}
