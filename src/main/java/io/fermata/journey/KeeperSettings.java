package io.fermata.journey;

/**
 * How a keeper keeps history.
 *
 * @param latenessMillis how late a touchpoint may come, against its customer's newest; {@link
 *     #ANY_LATENESS} keeps all history for ever
 * @param snapshotEvery touchpoints between snapshots: what a late one refolds at least
 * @param chunkTouchpoints touchpoints that lie beside the state before they are sealed into history
 * @param retractRemoved whether alerts of rules that are gone are taken back when rules change
 */
public record KeeperSettings(
    FoldSettings fold,
    long latenessMillis,
    int snapshotEvery,
    int chunkTouchpoints,
    boolean retractRemoved) {

  /** No limit. */
  public static final long ANY_LATENESS = Long.MAX_VALUE;

  private static final int SNAPSHOT_EVERY = 16;
  private static final int CHUNK_TOUCHPOINTS = 8;

  public KeeperSettings {
    if (latenessMillis < 0 || snapshotEvery < 1 || chunkTouchpoints < 1) {
      throw new IllegalArgumentException(
          "lateness must not be negative, snapshots and chunks at least one touchpoint long");
    }
  }

  /** Alerts of rules that are gone stay. */
  public KeeperSettings(
      FoldSettings fold, long latenessMillis, int snapshotEvery, int chunkTouchpoints) {
    this(fold, latenessMillis, snapshotEvery, chunkTouchpoints, false);
  }

  public KeeperSettings withRetractRemoved(boolean retract) {
    return new KeeperSettings(fold, latenessMillis, snapshotEvery, chunkTouchpoints, retract);
  }

  /** The sizes that measured best. */
  public static KeeperSettings of(FoldSettings fold, long latenessMillis) {
    return new KeeperSettings(fold, latenessMillis, SNAPSHOT_EVERY, CHUNK_TOUCHPOINTS);
  }
}
