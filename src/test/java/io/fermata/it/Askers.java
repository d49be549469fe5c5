package io.fermata.it;

import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** Asks any instance about any customer, again and again, while the instances come and go. */
final class Askers implements AutoCloseable {

  private static final long PAUSE_NANOS = 20_000_000;

  private final Fleet fleet;
  private final List<String> customers;
  private final Random random;
  private final Thread thread = new Thread(this::ask, "askers");
  private final AtomicLong answered = new AtomicLong();
  private final AtomicLong later = new AtomicLong();
  private final ConcurrentLinkedQueue<String> wrong = new ConcurrentLinkedQueue<>();
  private volatile boolean stopped;

  Askers(Fleet fleet, List<String> customers, long seed) {
    this.fleet = fleet;
    this.customers = customers;
    this.random = new Random(seed);
    thread.start();
  }

  private void ask() {
    while (!stopped) {
      List<Integer> running = fleet.running();
      int instance = running.get(random.nextInt(running.size()));
      String customer = customers.get(random.nextInt(customers.size()));
      take(instance, customer, fleet.get(instance, path(customer)));
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  private void take(int instance, String customer, Optional<HttpResponse<String>> got) {
    if (got.isEmpty()) {
      return; // on its way up or down
    }
    HttpResponse<String> answer = got.get();
    switch (answer.statusCode()) {
      // Its first touchpoint may not have been folded yet.
      case 200, 404 -> answered.incrementAndGet();
      case 503 -> {
        later.incrementAndGet();
        if (answer.headers().firstValue("Retry-After").isEmpty()) {
          wrong.add("503 without Retry-After from " + instance + " for " + customer);
        }
      }
      default ->
          wrong.add(
              "%d from %d for %s: %s"
                  .formatted(answer.statusCode(), instance, customer, answer.body()));
    }
  }

  static String path(String customer) {
    return "/api/v1/customers/" + URLEncoder.encode(customer, StandardCharsets.UTF_8);
  }

  /** Questions that were answered. */
  long answered() {
    return answered.get();
  }

  /** Questions that are to be asked again later. */
  long later() {
    return later.get();
  }

  /** Answers that are none. */
  List<String> wrong() {
    return List.copyOf(wrong);
  }

  @Override
  public void close() throws InterruptedException {
    stopped = true;
    thread.join();
  }
}
