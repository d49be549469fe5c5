package io.fermata.topology;

import io.fermata.model.Alert;
import io.fermata.model.Change;

/** Is told what the rooms do, from their threads; for metrics. Must be quick and never throw. */
public interface PipelineListener {

  /** Somebody who does not care. */
  PipelineListener NONE = new PipelineListener() {};

  /** An alert was published. */
  default void alert(Change change, Alert alert) {}

  /** A late touchpoint made {@code touchpoints} be folded again. */
  default void refolded(int touchpoints) {}

  /** A task's ledger is open: its counts can be read until it is closed. */
  default void opened(Ledger ledger) {}

  default void closed(Ledger ledger) {}
}
