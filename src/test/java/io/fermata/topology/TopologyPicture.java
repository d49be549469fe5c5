package io.fermata.topology;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.streams.TopologyDescription;
import org.apache.kafka.streams.TopologyDescription.Node;
import org.apache.kafka.streams.TopologyDescription.Processor;
import org.apache.kafka.streams.TopologyDescription.Sink;
import org.apache.kafka.streams.TopologyDescription.Source;
import org.apache.kafka.streams.TopologyDescription.Subtopology;

/** A topology as a Mermaid flowchart: topics slanted, processors as boxes, stores as drums. */
final class TopologyPicture {

  private final List<String> lines = new ArrayList<>();
  private final Set<String> topics = new HashSet<>();

  private TopologyPicture() {}

  static String of(TopologyDescription topology) {
    TopologyPicture picture = new TopologyPicture();
    topology.subtopologies().stream()
        .sorted(Comparator.comparingInt(Subtopology::id))
        .forEach(picture::add);
    return "```mermaid\nflowchart LR\n" + String.join("\n", picture.lines) + "\n```\n";
  }

  private void add(Subtopology room) {
    List<Node> nodes = room.nodes().stream().sorted(Comparator.comparing(Node::name)).toList();
    nodes.stream().flatMap(TopologyPicture::topics).forEach(this::addTopic);
    lines.add("  subgraph room_" + room.id() + "[\"sub-topology " + room.id() + "\"]");
    for (Node node : nodes) {
      lines.add("    " + id(node.name()) + "[" + node.name() + "]");
      if (node instanceof Processor processor) {
        processor.stores().stream().sorted().forEach(store -> addStore(node, store));
      }
    }
    for (Node node : nodes) {
      node.successors().stream()
          .map(Node::name)
          .sorted()
          .forEach(name -> lines.add("    " + id(node.name()) + " --> " + id(name)));
    }
    lines.add("  end");
    for (Node node : nodes) {
      topics(node)
          .forEach(
              topic ->
                  lines.add(
                      node instanceof Source
                          ? "  " + id(topic) + " --> " + id(node.name())
                          : "  " + id(node.name()) + " --> " + id(topic)));
    }
  }

  private void addTopic(String topic) {
    if (topics.add(topic)) {
      lines.add("  " + id(topic) + "[/" + topic + "/]");
    }
  }

  private void addStore(Node node, String store) {
    lines.add("    store_" + id(store) + "[(" + store + ")]");
    lines.add("    " + id(node.name()) + " <--> store_" + id(store));
  }

  private static Stream<String> topics(Node node) {
    if (node instanceof Source source) {
      return source.topicSet().stream().sorted();
    }
    return node instanceof Sink sink ? Stream.of(sink.topic()) : Stream.empty();
  }

  private static String id(String name) {
    return name.replaceAll("[^A-Za-z0-9]", "_");
  }
}
