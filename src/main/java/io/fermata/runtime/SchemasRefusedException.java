package io.fermata.runtime;

import java.util.List;

/** The registry will not have the schemas of some topics; each is named with its reason. */
public final class SchemasRefusedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public SchemasRefusedException(List<String> refused) {
    super(
        "the schema registry refuses the schemas of these topics, expected it to take or to have"
            + " them:\n  "
            + String.join("\n  ", refused));
  }
}
