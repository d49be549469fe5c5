package io.fermata.topology;

import io.fermata.model.Alert;
import io.fermata.model.Change;
import io.fermata.model.ContactGuidance;
import io.fermata.model.Journey;
import io.fermata.model.ScoreReport;
import io.fermata.model.Touchpoint;

/** Is told what the rooms do, from their threads; for metrics. Must be quick and never throw. */
public interface PipelineListener {

  /** Somebody who does not care. */
  PipelineListener NONE = new PipelineListener() {};

  /** An alert was published. */
  default void alert(Change change, Alert alert) {}

  /** A journey was published. */
  default void journey(Change change, Journey journey) {}

  /** Contact guidance was published. */
  default void guidance(Change change, ContactGuidance guidance) {}

  /**
   * A touchpoint was folded and what it changed is on its way out.
   *
   * @param arrivedAt when its record came into the touchpoints topic, epoch milliseconds
   * @param now the wall clock, epoch milliseconds
   */
  default void folded(Touchpoint touchpoint, long arrivedAt, long now) {}

  /** A late touchpoint made {@code touchpoints} be folded again. */
  default void refolded(int touchpoints) {}

  /** A task's ledger is open: its counts can be read until it is closed. */
  default void opened(Ledger ledger) {}

  default void closed(Ledger ledger) {}

  /**
   * The NPS of the last thirty days of a dimension's value: whenever it changes, and when its task
   * is opened.
   *
   * @param latest null when there is none any more, or its task is closed
   */
  default void nps(String dimension, String value, ScoreReport latest) {}

  /** A task's gauges are open: they can be read until they are closed. */
  default void opened(TaskGauges gauges) {}

  default void closed(TaskGauges gauges) {}
}
