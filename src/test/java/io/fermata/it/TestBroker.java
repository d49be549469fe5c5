package io.fermata.it;

import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.testcontainers.DockerClientFactory;

/**
 * A broker for tests: in a container where a Docker engine answers, else our own in a child
 * process. {@code -Dfermata.test.broker=embedded|testcontainers} decides instead; the log says
 * which and why.
 *
 * <p>Most tests share one, as a parameter under {@code @ExtendWith(SharedBroker.class)}; one that
 * takes its broker away starts its own.
 */
public interface TestBroker extends AutoCloseable {

  /** The system property that overrides the choice. */
  String SWITCH = "fermata.test.broker";

  /** Starts a broker of the kind that the switch, or else the machine, decides. */
  static TestBroker start() {
    Logger log = LoggerFactory.getLogger(TestBroker.class);
    String asked = System.getProperty(SWITCH, "").toLowerCase(Locale.ROOT);
    boolean container =
        switch (asked) {
          case "embedded" -> false;
          case "testcontainers" -> true;
          case "" -> DockerClientFactory.instance().isDockerAvailable();
          default ->
              throw new IllegalArgumentException(
                  SWITCH + " is " + asked + ", expected embedded or testcontainers");
        };
    String reason =
        !asked.isEmpty()
            ? SWITCH + " says so"
            : container ? "a Docker engine answers" : "no Docker engine answers";
    TestBroker broker = container ? ContainerBroker.start() : ChildBroker.start();
    log.info(
        "test broker: {} at {}, since {}",
        container ? "Testcontainers" : "embedded, in a child process",
        broker.bootstrapServers(),
        reason);
    return broker;
  }

  String bootstrapServers();

  /** Makes it stop answering, without a word to its clients. */
  void takeDown();

  /** Makes it answer again, at the same address and with everything it had. */
  void bringBack();

  @Override
  void close();
}
