package io.fermata.embedded;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Broker properties for one node that serves one machine. */
final class BrokerSettings {

  static final int NODE_ID = 1;
  static final String CLIENT_LISTENER = "LOOPBACK";
  static final String CONTROLLER_LISTENER = "CONTROLLER";
  static final String HOST = "127.0.0.1";

  private BrokerSettings() {}

  static Map<String, String> of(BrokerOptions options, Path folder, int port, int controllerPort) {
    Map<String, String> settings = new HashMap<>();
    listeners(settings, port, controllerPort);
    oneReplica(settings);
    fewResources(settings);
    quickStart(settings);
    settings.put("log.dirs", folder.toString());
    settings.put("auto.create.topics.enable", "false");
    settings.put("message.max.bytes", Integer.toString(options.messageMaxBytes()));
    // A demonstration in accelerated time and a replay stamp records with event times far ahead.
    settings.put("log.message.timestamp.after.max.ms", Long.toString(Long.MAX_VALUE));
    settings.putAll(options.settings());
    return settings;
  }

  private static void listeners(Map<String, String> settings, int port, int controllerPort) {
    String client = CLIENT_LISTENER + "://" + HOST + ":" + port;
    String controller = CONTROLLER_LISTENER + "://" + HOST + ":" + controllerPort;
    settings.put("process.roles", "broker,controller");
    settings.put("node.id", Integer.toString(NODE_ID));
    settings.put("listeners", client + "," + controller);
    settings.put("advertised.listeners", client);
    settings.put(
        "listener.security.protocol.map",
        CLIENT_LISTENER + ":PLAINTEXT," + CONTROLLER_LISTENER + ":PLAINTEXT");
    settings.put("inter.broker.listener.name", CLIENT_LISTENER);
    settings.put("controller.listener.names", CONTROLLER_LISTENER);
    // Static voters are not written to the metadata log, so the next start may use another port.
    settings.put("controller.quorum.voters", NODE_ID + "@" + HOST + ":" + controllerPort);
  }

  private static void oneReplica(Map<String, String> settings) {
    settings.put("default.replication.factor", "1");
    settings.put("min.insync.replicas", "1");
    settings.put("offsets.topic.replication.factor", "1");
    settings.put("transaction.state.log.replication.factor", "1");
    settings.put("transaction.state.log.min.isr", "1");
    settings.put("share.coordinator.state.topic.replication.factor", "1");
    settings.put("share.coordinator.state.topic.min.isr", "1");
  }

  private static void fewResources(Map<String, String> settings) {
    settings.put("num.partitions", "1");
    settings.put("offsets.topic.num.partitions", "2");
    settings.put("transaction.state.log.num.partitions", "2");
    settings.put("share.coordinator.state.topic.num.partitions", "1");
    settings.put("num.network.threads", "2");
    settings.put("num.io.threads", "4");
    settings.put("background.threads", "2");
    settings.put("log.cleaner.dedupe.buffer.size", Integer.toString(16 * 1024 * 1024));
    settings.put("log.index.size.max.bytes", Integer.toString(1024 * 1024));
    settings.put("metric.reporters", "");
  }

  private static void quickStart(Map<String, String> settings) {
    settings.put("group.initial.rebalance.delay.ms", "0");
    settings.put("group.streams.initial.rebalance.delay.ms", "0");
    settings.put("group.min.session.timeout.ms", "1000");
    settings.put("broker.heartbeat.interval.ms", "200");
    // Killed and started again, the broker waits for its former self's session to lapse.
    settings.put("broker.session.timeout.ms", "5000");
    settings.put("controller.quorum.election.timeout.ms", "200");
    settings.put("controller.quorum.election.backoff.max.ms", "100");
    settings.put("server.max.startup.time.ms", "120000");
  }
}
