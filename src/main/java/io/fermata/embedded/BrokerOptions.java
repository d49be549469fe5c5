package io.fermata.embedded;

import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;

/**
 * How a broker of our own is started.
 *
 * @param port the loopback port clients connect to; 0 takes a free one
 * @param folder where logs and metadata lie, formatted on first use and kept on close; null takes a
 *     temporary folder that is removed on close
 * @param messageMaxBytes the largest record batch the broker takes unless a topic says otherwise
 * @param settings further broker properties; they win over ours
 */
public record BrokerOptions(
    int port, Path folder, int messageMaxBytes, Map<String, String> settings) {

  /** Large enough for the dead letter of a touchpoint that is itself too large. */
  public static final int DEFAULT_MESSAGE_MAX_BYTES = 4 * 1024 * 1024;

  public BrokerOptions {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("port " + port + " is outside 0..65535");
    }
    if (messageMaxBytes <= 0) {
      throw new IllegalArgumentException("messageMaxBytes " + messageMaxBytes + " is not positive");
    }
    settings = Map.copyOf(Objects.requireNonNull(settings, "settings"));
  }

  /** A free port, a temporary folder, nothing special. */
  public static BrokerOptions defaults() {
    return new BrokerOptions(0, null, DEFAULT_MESSAGE_MAX_BYTES, Map.of());
  }

  public BrokerOptions withPort(int newPort) {
    return new BrokerOptions(newPort, folder, messageMaxBytes, settings);
  }

  public BrokerOptions withFolder(Path newFolder) {
    return new BrokerOptions(port, newFolder, messageMaxBytes, settings);
  }

  public BrokerOptions withMessageMaxBytes(int bytes) {
    return new BrokerOptions(port, folder, bytes, settings);
  }

  public BrokerOptions withSettings(Map<String, String> newSettings) {
    return new BrokerOptions(port, folder, messageMaxBytes, newSettings);
  }
}
