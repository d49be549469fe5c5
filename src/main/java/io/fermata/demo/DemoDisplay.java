package io.fermata.demo;

/** Shows how a demonstration goes. */
interface DemoDisplay extends AutoCloseable {

  /** Somebody who only wants the summary. */
  DemoDisplay NONE = status -> {};

  /** Is called about once a second. */
  void show(DemoStatus status);

  @Override
  default void close() {}
}
