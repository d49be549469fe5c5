package io.fermata.identity;

import io.fermata.model.Position;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Messages of a name to others, in the order in which each of them was first written to, none of
 * them larger than a record may be.
 */
final class Batches {

  /** Bytes of touchpoints in a message: a quarter of what the inbox takes. */
  static final int BYTES = 512 * 1024;

  private record Way(String to, List<String> path) {}

  private final Neighbours neighbours;
  private final String name;
  private final boolean fresh;
  private final Map<Way, List<Position>> recalls = new LinkedHashMap<>();
  private final Map<Way, List<byte[]>> passes = new LinkedHashMap<>();

  Batches(Neighbours neighbours, String name, boolean fresh) {
    this.neighbours = neighbours;
    this.name = name;
    this.fresh = fresh;
  }

  void recall(String to, List<String> path, Position position) {
    recalls.computeIfAbsent(way(to, path), any -> new ArrayList<>()).add(position);
  }

  void pass(String to, List<String> path, byte[] touchpoint) {
    passes.computeIfAbsent(way(to, path), any -> new ArrayList<>()).add(touchpoint);
  }

  private Way way(String to, List<String> path) {
    List<String> longer = new ArrayList<>(path);
    longer.add(name);
    return new Way(to, longer);
  }

  void send() {
    recalls.forEach((way, positions) -> neighbours.recall(way.to, way.path, positions));
    passes.forEach(
        (way, touchpoints) -> {
          int from = 0;
          int bytes = 0;
          for (int i = 0; i < touchpoints.size(); i++) {
            int length = touchpoints.get(i).length;
            if (i > from && bytes + length > BYTES) {
              neighbours.pass(way.to, way.path, fresh, touchpoints.subList(from, i));
              from = i;
              bytes = 0;
            }
            bytes += length;
          }
          neighbours.pass(way.to, way.path, fresh, touchpoints.subList(from, touchpoints.size()));
        });
  }
}
