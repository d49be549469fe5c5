package io.fermata.runtime;

import io.fermata.runtime.config.FermataConfig;
import io.fermata.runtime.config.StreamingConfig;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.UUID;
import org.apache.kafka.streams.state.HostInfo;

/**
 * What an instance is known by to Kafka Streams, which keeps account of partitions only for those
 * that have an address. One that advertises none has a name like an address all the same: unlike
 * any other's, so that nobody answers for another's customers, and the same after a restart, so
 * that the group need not be balanced anew.
 */
final class InstanceAddress {

  private static final String UNADVERTISED = "unadvertised-";
  private static final String PROCESS = UUID.randomUUID().toString();

  private InstanceAddress() {}

  /** {@code host:port}. */
  static String of(FermataConfig config) {
    String advertised = config.http().advertised();
    return advertised.isBlank() ? UNADVERTISED + nameOf(config.streams()) + ":1" : advertised;
  }

  private static String nameOf(StreamingConfig streams) {
    return StreamsSettings.isStatic(streams)
        ? HexFormat.of()
            .formatHex(StreamsSettings.instanceId(streams).getBytes(StandardCharsets.UTF_8))
        : PROCESS;
  }

  /** Whether an instance can be asked there. */
  static boolean isAdvertised(HostInfo address) {
    return !address.host().startsWith(UNADVERTISED);
  }
}
