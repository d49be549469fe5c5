package io.fermata.identity;

import io.fermata.model.CustomerKeys;
import io.fermata.model.Identifier;
import java.util.List;
import java.util.Set;

/**
 * Which identifiers name a customer, and which links between them count.
 *
 * @param keys kinds in order of strength
 * @param ignore placeholders that stand for nobody, each a value or {@code kind:value}
 * @param maxLinks an identifier linked to more names than this links nothing, at least 1
 */
public record IdentitySettings(CustomerKeys keys, Set<String> ignore, int maxLinks) {

  /** The defaults of the configuration. */
  public static final IdentitySettings DEFAULTS = of(CustomerKeys.DEFAULT_ORDER);

  public IdentitySettings {
    ignore = Set.copyOf(ignore);
    if (maxLinks < 1) {
      throw new IllegalArgumentException("maxLinks is " + maxLinks + ", expected 1 or more");
    }
  }

  /** An order of kinds with the default placeholders and limit. */
  public static IdentitySettings of(List<String> order) {
    return new IdentitySettings(
        new CustomerKeys(order), Set.of("unknown", "0000", "test@test"), 20);
  }

  /** Whether an identifier stands for nobody. */
  public boolean isPlaceholder(Identifier identifier) {
    return ignore.contains(identifier.value()) || ignore.contains(identifier.key());
  }

  /** As {@link #isPlaceholder(Identifier)}, for a name {@code kind:value}. */
  public boolean isPlaceholder(String name) {
    return ignore.contains(name) || ignore.contains(name.substring(name.indexOf(':') + 1));
  }

  /** Whether a name may belong to another: all may but those of the strongest kind. */
  public boolean mayBelongToAnother(String name) {
    List<String> order = keys.order();
    if (order.isEmpty()) {
      return true;
    }
    String strongest = order.get(0);
    return !(name.length() > strongest.length()
        && name.charAt(strongest.length()) == ':'
        && name.startsWith(strongest));
  }
}
