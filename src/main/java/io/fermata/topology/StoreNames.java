package io.fermata.topology;

/** The names of the state stores; {@code topology/stores.yaml} says what is in them. */
public final class StoreNames {

  /** One record per customer: the state of the fold and the newest touchpoints. */
  public static final String JOURNEYS = "journeys";

  /** Sealed history, snapshots and sealed segments of each customer. */
  public static final String HISTORY = "history";

  /** Customers ordered by when they have to be told the clock. */
  public static final String TIMERS = "timers";

  /** Links of names, and the touchpoints that came by way of other names or went on to them. */
  public static final String IDENTITIES = "identities";

  /** What the Route room has counted, one record per task. */
  public static final String ROUTE_LEDGER = "route-ledger";

  /** What the Journey room has counted, one record per task. */
  public static final String JOURNEY_LEDGER = "journey-ledger";

  /** The rules that records are under, and were. */
  public static final String RULES = "rules";

  private StoreNames() {}
}
