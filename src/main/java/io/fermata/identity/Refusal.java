package io.fermata.identity;

import java.util.Locale;

/** Why something links nothing. */
public enum Refusal {
  /** One of the two names stands for nobody. */
  PLACEHOLDER,
  /** The name has links to too many others. */
  TOO_MANY,
  /** The name is of the strongest kind: two customers would become one. */
  CONFLICT,
  /** Names belong to one another in a circle. */
  CIRCLE;

  /** As alerts and metrics say it: {@code too-many}. */
  public String reason() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
