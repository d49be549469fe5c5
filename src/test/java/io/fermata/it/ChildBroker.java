package io.fermata.it;

import io.fermata.embedded.BrokerOptions;
import io.fermata.embedded.BrokerProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The embedded broker in a process of its own; taking it down is {@code kill -9}. */
final class ChildBroker implements TestBroker {

  private final Path folder;
  private BrokerProcess process;

  private ChildBroker(Path folder, BrokerProcess process) {
    this.folder = folder;
    this.process = process;
  }

  static ChildBroker start() {
    try {
      Path folder = Files.createTempDirectory("fermata-test-broker-");
      return new ChildBroker(
          folder, BrokerProcess.start(BrokerOptions.defaults().withFolder(folder)));
    } catch (IOException e) {
      throw new UncheckedIOException("no temporary folder for a broker", e);
    }
  }

  @Override
  public String bootstrapServers() {
    return process.bootstrapServers();
  }

  @Override
  public void takeDown() {
    process.kill();
  }

  @Override
  public void bringBack() {
    process = BrokerProcess.start(process.options());
  }

  @Override
  public void close() {
    process.close();
    try (Stream<Path> files = Files.walk(folder)) {
      List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
      for (Path file : deepestFirst) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the broker's folder " + folder + " cannot be removed", e);
    }
  }
}
