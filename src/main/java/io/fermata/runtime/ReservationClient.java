package io.fermata.runtime;

import io.fermata.codec.InboxRecord;
import io.fermata.codec.ValueCodecs;
import io.fermata.model.Channel;
import io.fermata.model.ReservationAnswer;
import io.fermata.serve.ReservationSource;
import io.fermata.topology.ReservationDesk;
import io.fermata.topology.TopicNames;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the Journey room for permissions: the request goes into the inbox of the customer, wherever
 * that is, and the answer comes back on a topic that every instance reads. Nothing is decided here,
 * and what is waited for is lost with the process; whoever asked asks again.
 */
final class ReservationClient implements ReservationSource, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ReservationClient.class);

  /** Requests that may wait at a time: what they take of memory, a few kilobytes each. */
  private static final int MOST_WAITING = 10_000;

  /** As many requests as may wait, of some 300 bytes. */
  private static final int BUFFER_BYTES = 4 * 1024 * 1024;

  private static final Duration POLL = Duration.ofSeconds(1);
  private static final Duration RETRY = Duration.ofSeconds(1);

  /** How long an answer is waited for: longer than a restart with static membership takes. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final String self = UUID.randomUUID().toString();
  private final byte[] mine = (self + ":").getBytes(StandardCharsets.UTF_8);
  private final AtomicLong number = new AtomicLong();
  private final Map<String, CompletableFuture<ReservationAnswer>> waiting =
      new ConcurrentHashMap<>();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Map<String, String> clientProperties;
  private final TopicNames topics;
  private final ValueCodecs codecs;
  private final Thread listener = new Thread(this::run, "contact-decisions");
  private volatile KafkaProducer<byte[], byte[]> producer;
  private volatile KafkaConsumer<byte[], byte[]> consumer;
  private volatile boolean listening;

  ReservationClient(Map<String, String> clientProperties, TopicNames topics, ValueCodecs codecs) {
    this.clientProperties = clientProperties;
    this.topics = topics;
    this.codecs = codecs;
    listener.setDaemon(true);
  }

  /** To be called when the topics are there. */
  synchronized void start() {
    if (closing.getCount() > 0 && producer == null) {
      Map<String, Object> settings = new HashMap<>(clientProperties);
      settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 1_000);
      settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
      settings.put(ProducerConfig.BUFFER_MEMORY_CONFIG, BUFFER_BYTES);
      settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) PATIENCE.toMillis() / 2);
      settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, (int) PATIENCE.toMillis());
      producer =
          new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
      listener.start();
    }
  }

  @Override
  public CompletableFuture<ReservationAnswer> reserve(
      String requestId, String customer, Channel channel, long at) {
    if (!listening || waiting.size() >= MOST_WAITING) {
      return CompletableFuture.failedFuture(
          new NotToldException(
              listening ? "too many requests are waiting" : "answers cannot be read yet", null));
    }
    String replyTo = self + ":" + number.incrementAndGet();
    CompletableFuture<ReservationAnswer> answer = new CompletableFuture<>();
    waiting.put(replyTo, answer);
    send(new InboxRecord.Reserve(requestId, replyTo, channel, at, List.of()), customer, answer);
    return answer
        .orTimeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
        .whenComplete((any, failure) -> waiting.remove(replyTo))
        .exceptionallyCompose(failure -> CompletableFuture.failedFuture(notTold(failure)));
  }

  private static NotToldException notTold(Throwable thrown) {
    Throwable failure = thrown instanceof CompletionException ? thrown.getCause() : thrown;
    return failure instanceof NotToldException notTold
        ? notTold
        : failure instanceof TimeoutException
            ? new NotToldException("no answer within " + PATIENCE, failure)
            : new NotToldException("the request could not be sent", failure);
  }

  private void send(
      InboxRecord.Reserve request, String customer, CompletableFuture<ReservationAnswer> answer) {
    try {
      producer.send(
          new ProducerRecord<>(
              topics.inbox(),
              customer.getBytes(StandardCharsets.UTF_8),
              codecs.inbox().serialize(topics.inbox(), request)),
          (sent, failure) -> {
            if (failure != null) {
              LOG.warn("A request for a permission could not be sent", failure);
              answer.completeExceptionally(failure);
            }
          });
    } catch (KafkaException | IllegalStateException e) {
      LOG.warn("A request for a permission could not be sent", e);
      answer.completeExceptionally(e);
    }
  }

  private void run() {
    while (closing.getCount() > 0) {
      try {
        listen();
      } catch (WakeupException e) {
        LOG.debug("Told to end");
      } catch (KafkaException e) {
        listening = false;
        LOG.warn("Answers to requests for permissions cannot be read; trying again", e);
        pause();
      }
    }
  }

  private void pause() {
    try {
      closing.await(RETRY.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      closing.countDown();
    }
  }

  private void listen() {
    Map<String, Object> settings = new HashMap<>(clientProperties);
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "latest");
    settings.remove(ConsumerConfig.GROUP_ID_CONFIG);
    try (KafkaConsumer<byte[], byte[]> answers =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      consumer = answers;
      List<TopicPartition> partitions =
          answers.partitionsFor(topics.contactDecisions()).stream()
              .map(info -> new TopicPartition(info.topic(), info.partition()))
              .toList();
      answers.assign(partitions);
      answers.seekToEnd(partitions);
      // Before anything is asked: an answer that came before the place is known would be missed.
      partitions.forEach(answers::position);
      listening = true;
      while (closing.getCount() > 0) {
        answers.poll(POLL).forEach(this::take);
      }
    } finally {
      listening = false;
      consumer = null;
    }
  }

  private void take(ConsumerRecord<byte[], byte[]> answer) {
    Header replyTo = answer.headers().lastHeader(ReservationDesk.REPLY_TO);
    if (replyTo == null || !isMine(replyTo.value())) {
      return;
    }
    CompletableFuture<ReservationAnswer> asked =
        waiting.get(new String(replyTo.value(), StandardCharsets.UTF_8));
    if (asked == null) {
      return;
    }
    try {
      asked.complete(
          codecs
              .forType(ReservationAnswer.class)
              .deserialize(topics.contactDecisions(), answer.value()));
    } catch (KafkaException e) {
      LOG.warn("The answer to a request for a permission cannot be read", e);
      asked.completeExceptionally(e);
    }
  }

  private boolean isMine(byte[] replyTo) {
    if (replyTo == null || replyTo.length < mine.length) {
      return false;
    }
    for (int i = 0; i < mine.length; i++) {
      if (replyTo[i] != mine[i]) {
        return false;
      }
    }
    return true;
  }

  @Override
  public void close() {
    synchronized (this) {
      closing.countDown();
    }
    KafkaConsumer<byte[], byte[]> reading = consumer;
    if (reading != null) {
      reading.wakeup();
    }
    waiting
        .values()
        .forEach(
            answer ->
                answer.completeExceptionally(
                    new NotToldException("this instance is ending", null)));
    if (producer != null) {
      producer.close(RETRY);
    }
  }
}
