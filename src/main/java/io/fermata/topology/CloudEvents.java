package io.fermata.topology;

import io.fermata.model.Alert;
import io.fermata.model.Change;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import org.apache.kafka.common.header.Headers;

/**
 * Headers that make an alert a CloudEvent, after the Kafka protocol binding of CloudEvents 1.0 in
 * binary mode. All of them follow from the alert: the same alert has the same ones in a replay.
 */
final class CloudEvents {

  private static final String VERSION = "1.0";
  private static final String CONTENT_TYPE = "application/vnd.apache.avro";
  private static final String TYPE = "io.fermata.alert.";
  private static final int DIGEST_BYTES = 8;

  private final String source;

  /**
   * @param source {@code ce_source}, a URI reference; empty writes no headers
   */
  CloudEvents(String source) {
    this.source = source;
  }

  /**
   * Adds the headers.
   *
   * @param value the record's value, which with the change tells one event of an alert from another
   */
  void add(Headers headers, Change change, Alert alert, byte[] value) {
    if (source.isEmpty() || value == null) {
      return;
    }
    add(headers, "ce_specversion", VERSION);
    add(headers, "ce_id", alert.id() + "-" + change + "-" + digest(value));
    add(headers, "ce_type", TYPE + change.name().toLowerCase(Locale.ROOT));
    add(headers, "ce_source", source);
    add(headers, "ce_time", Instant.ofEpochMilli(alert.at()).toString());
    add(headers, "content-type", CONTENT_TYPE);
  }

  private static void add(Headers headers, String name, String value) {
    headers.add(name, value.getBytes(StandardCharsets.UTF_8));
  }

  private static String digest(byte[] value) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(value);
      return HexFormat.of().formatHex(Arrays.copyOf(digest, DIGEST_BYTES));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
