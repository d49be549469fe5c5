package io.fermata.it;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.common.TopicPartition;

/** Watches how far a group has come, for the longest time in which a partition with work stood. */
final class Standstill implements AutoCloseable {

  private static final long PAUSE_NANOS = 100_000_000;

  /**
   * @param offset committed
   * @param since when it was first seen there with work to do, or when it last had none
   */
  private record Place(long offset, long since) {}

  private final Sandbox sandbox;
  private final List<String> topics;
  private final Map<TopicPartition, Place> places = new HashMap<>();
  private final Map<TopicPartition, Long> begun = new HashMap<>();
  private final Thread thread = new Thread(this::watch, "standstill");
  private long longest;
  private long lag = Long.MAX_VALUE;
  private boolean allMoved;
  private volatile boolean stopped;

  Standstill(Sandbox sandbox) {
    this.sandbox = sandbox;
    topics = List.of(sandbox.topics().touchpoints(), sandbox.topics().inbox());
    thread.start();
  }

  private void watch() {
    while (!stopped) {
      look(sandbox.group().waiting(topics));
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  private synchronized void look(Map<TopicPartition, Group.Waiting> waiting) {
    long now = System.nanoTime();
    long sum = 0;
    boolean moved = true;
    for (Map.Entry<TopicPartition, Group.Waiting> each : waiting.entrySet()) {
      long offset = each.getValue().committed();
      begun.putIfAbsent(each.getKey(), offset);
      moved &= offset > begun.get(each.getKey());
      sum += each.getValue().records();
      Place place = places.get(each.getKey());
      if (place == null || place.offset != offset || each.getValue().records() == 0) {
        places.put(each.getKey(), new Place(offset, now));
      }
      if (place != null) {
        longest = Math.max(longest, now - place.since);
      }
    }
    lag = sum;
    allMoved = moved;
  }

  /** Records that are not committed yet. */
  synchronized long lag() {
    return lag;
  }

  /** Whether every partition has gone on since this began to watch. */
  synchronized boolean allMoved() {
    return allMoved;
  }

  synchronized double longestSeconds() {
    return longest / 1e9;
  }

  @Override
  public void close() throws InterruptedException {
    stopped = true;
    thread.join();
  }
}
