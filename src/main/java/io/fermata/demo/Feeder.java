package io.fermata.demo;

import io.fermata.codec.FermataAvroSerializer;
import io.fermata.generate.Arrival;
import io.fermata.generate.TouchpointGenerator;
import io.fermata.model.CustomerKeys;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.StringSerializer;

/** Sends simulated touchpoints when their time has come, as any producer would. */
final class Feeder implements Runnable {

  /** More than this under way, and the pipeline is what is slow: event time waits for it. */
  private static final long MOST_UNDER_WAY = 20_000;

  private static final long NANOS_PER_SECOND = Duration.ofSeconds(1).toNanos();
  private static final int CHECK_EVERY = 256;
  private static final Duration PAUSE = Duration.ofMillis(10);

  /** Behind by more than this, event time is set back instead of being made up for in a burst. */
  private static final Duration MOST_BEHIND = Duration.ofMillis(500);

  private final TouchpointGenerator generator;
  private final EventClock clock;
  private final String topic;
  private final Map<String, Object> client;
  private final int rate;
  private final double speed;
  private final LongSupplier settled;
  private final CountDownLatch stop = new CountDownLatch(1);
  private final AtomicLong sent = new AtomicLong();
  private final AtomicReference<Exception> failure = new AtomicReference<>();
  private long nextBatch = Long.MIN_VALUE;

  /**
   * @param connection how broker and registry are reached, by the clients' own names
   * @param settled how many touchpoints the pipeline is done with
   */
  Feeder(
      DemoSettings settings,
      TouchpointGenerator generator,
      EventClock clock,
      String topic,
      Map<String, String> connection,
      LongSupplier settled) {
    this.generator = generator;
    this.clock = clock;
    this.topic = topic;
    this.rate = settings.rate();
    this.speed = settings.speed();
    this.settled = settled;
    this.client = new HashMap<>(connection);
    client.put("key.serializer", StringSerializer.class);
    client.put("value.serializer", FermataAvroSerializer.class);
    client.put("linger.ms", 20);
  }

  /** How many touchpoints it has sent. */
  long sent() {
    return sent.get();
  }

  /** Makes {@link #run} end, once what it has sent has arrived. */
  void stop() {
    stop.countDown();
  }

  @Override
  public void run() {
    CustomerKeys keys = new CustomerKeys(CustomerKeys.DEFAULT_ORDER);
    try (Producer<String, Object> producer = new KafkaProducer<>(client)) {
      while (pace()) {
        Arrival arrival = generator.nextArrival();
        if (!awaitTime(arrival.arrivesAt())) {
          return;
        }
        // What becomes of it the callback tells.
        Future<RecordMetadata> unused =
            producer.send(
                new ProducerRecord<>(topic, keys.keyOf(arrival.touchpoint()), arrival.touchpoint()),
                (metadata, e) -> failure.compareAndSet(null, e));
        sent.incrementAndGet();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DemoFailedException("the feeder was interrupted", e);
    }
  }

  /** False when it is to stop. */
  private boolean awaitTime(long event) throws InterruptedException {
    Duration wait = clock.until(event);
    if (wait.isZero()) {
      long behind = clock.now() - event;
      if (behind > MOST_BEHIND.toMillis() * speed) {
        clock.holdBack(event);
      }
      return isGoingOn();
    }
    // In short bursts: a wait for every touchpoint would cost more than the touchpoint.
    return !stop.await(Math.max(wait.toNanos(), PAUSE.toNanos() / 2), TimeUnit.NANOSECONDS);
  }

  /** Waits for the pipeline and the rate's limit; false when it is to stop. */
  private boolean pace() throws InterruptedException {
    Exception failed = failure.get();
    if (failed != null) {
      throw new DemoFailedException(
          "a touchpoint could not be sent: " + failed.getMessage(), failed);
    }
    if (rate > 0 && sent.get() % batch() == 0 && !awaitRate()) {
      return false;
    }
    if (sent.get() % CHECK_EVERY == 0) {
      while (sent.get() - settled.getAsLong() > MOST_UNDER_WAY) {
        if (stop.await(PAUSE.toNanos(), TimeUnit.NANOSECONDS)) {
          return false;
        }
      }
    }
    return isGoingOn();
  }

  private boolean awaitRate() throws InterruptedException {
    long now = System.nanoTime();
    // Not made up for later: the limit holds in every second.
    nextBatch = nextBatch == Long.MIN_VALUE ? now : Math.max(nextBatch, now);
    boolean stopped = stop.await(nextBatch - now, TimeUnit.NANOSECONDS);
    nextBatch += batch() * (NANOS_PER_SECOND / rate);
    return !stopped;
  }

  /** Touchpoints between two waits for the rate's sake: a hundredth of a second's. */
  private int batch() {
    return Math.max(1, rate / 100);
  }

  private boolean isGoingOn() {
    return stop.getCount() > 0;
  }
}
