package io.fermata.it;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Sends the rest of the input little by little, at a steady rate. */
final class Trickle implements AutoCloseable {

  private final Sandbox sandbox;
  private final Workload workload;
  private final long pauseNanos;
  private final int batch;
  private final Thread thread = new Thread(this::send, "trickle");
  private volatile int sent;
  private volatile boolean stopped;

  /**
   * @param from the first record to send
   * @param rate records a second
   */
  Trickle(Sandbox sandbox, Workload workload, int from, int rate) {
    this.sandbox = sandbox;
    this.workload = workload;
    this.sent = from;
    this.batch = rate;
    this.pauseNanos = TimeUnit.SECONDS.toNanos(1);
    thread.start();
  }

  private void send() {
    long due = System.nanoTime();
    while (!stopped && sent < workload.size()) {
      int until = Math.min(workload.size(), sent + batch);
      sandbox.send(workload, sent, until);
      sent = until;
      due += pauseNanos;
      LockSupport.parkNanos(due - System.nanoTime());
    }
  }

  /** The number of the next record. */
  int sent() {
    return sent;
  }

  @Override
  public void close() throws InterruptedException {
    stopped = true;
    thread.join();
  }
}
