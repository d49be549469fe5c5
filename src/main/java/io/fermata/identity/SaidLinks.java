package io.fermata.identity;

import io.fermata.model.IdentityLink;
import java.util.function.Consumer;

/** What becomes of a link that others than touchpoints say. */
public final class SaidLinks {

  private SaidLinks() {}

  /**
   * Finds out where it belongs.
   *
   * @param links gets it where it counts as far as it alone can tell; its name is {@code from}
   * @param refused gets it where a placeholder is among the two names, with the placeholder as
   *     {@code from}. It never counted, so there is nothing to take back either.
   */
  public static void find(
      IdentityLink said, IdentitySettings settings, Consumer<Link> links, Consumer<Link> refused) {
    if (settings.isPlaceholder(said.from())) {
      refused.accept(link(said, said.from(), said.to()));
    } else if (settings.isPlaceholder(said.to())) {
      refused.accept(link(said, said.to(), said.from()));
    } else {
      links.accept(link(said, said.from(), said.to()));
    }
  }

  private static Link link(IdentityLink said, String from, String to) {
    return new Link(from, to, said.at(), said.linkId(), said.until());
  }
}
