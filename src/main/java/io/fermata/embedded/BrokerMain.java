package io.fermata.embedded;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/**
 * Main class of a broker in a child process: {@code port folder messageMaxBytes temporary}. Prints
 * its address once it takes requests, then reads its standard input: {@value #STOP} ends it and
 * keeps the folder; the end of input, which the parent's death brings too, ends it and removes a
 * temporary folder.
 */
final class BrokerMain {

  static final String READY = "bootstrap.servers=";
  static final String STOP = "stop";

  private BrokerMain() {}

  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[1]);
    boolean temporary = Boolean.parseBoolean(arguments[3]);
    BrokerOptions options =
        new BrokerOptions(
            Integer.parseInt(arguments[0]), folder, Integer.parseInt(arguments[2]), Map.of());
    // A child has nobody to protect: after a fault the honest thing is to be gone.
    EmbeddedBroker broker = EmbeddedBroker.start(options, fault -> Runtime.getRuntime().halt(1));
    String line;
    try (broker) {
      System.out.println(READY + broker.bootstrapServers());
      System.out.flush();
      BufferedReader input =
          new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
      do {
        line = input.readLine();
      } while (line != null && !line.equals(STOP));
    }
    if (line == null && temporary) {
      Folders.remove(folder);
    }
  }
}
