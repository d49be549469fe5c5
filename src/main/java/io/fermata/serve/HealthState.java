package io.fermata.serve;

import java.util.Map;

/**
 * What a process says about its own health. Live is whether a restart would help; ready is whether
 * it does its work now. A rebalance or a restore is live and not ready.
 */
public interface HealthState {

  boolean live();

  boolean ready();

  /** The reasons, for people: name to value. */
  Map<String, String> details();
}
