package io.fermata.model;

import java.util.LinkedHashMap;
import java.util.Map;

/** A map that forgets the entry read or written longest ago once it has too many. */
public final class LruMap<K, V> extends LinkedHashMap<K, V> {

  private static final long serialVersionUID = 1L;

  private final int most;

  /**
   * @param most entries that it keeps
   * @throws IllegalArgumentException when that is negative
   */
  public LruMap(int most) {
    super(16, 0.75f, true);
    if (most < 0) {
      throw new IllegalArgumentException("expected 0 entries or more, found " + most);
    }
    this.most = most;
  }

  @Override
  protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
    return size() > most;
  }
}
