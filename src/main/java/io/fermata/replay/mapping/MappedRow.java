package io.fermata.replay.mapping;

import io.fermata.model.Touchpoint;
import java.util.List;

/** What becomes of a row. */
public sealed interface MappedRow {

  /** The one value of {@link Skipped}. */
  Skipped SKIPPED = new Skipped();

  /** A valid touchpoint. */
  record Mapped(Touchpoint touchpoint) implements MappedRow {}

  /** A skip condition held. */
  record Skipped() implements MappedRow {}

  /** No touchpoint, with every reason. */
  record Bad(List<String> problems) implements MappedRow {}
}
