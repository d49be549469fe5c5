package io.fermata.journey;

import io.fermata.model.Alert;
import java.util.ArrayList;
import java.util.List;

/** Ids of touchpoints in order, the last {@link Alert#MAX_EVIDENCE} of them. */
final class Evidence {

  private final ArrayList<String> ids = new ArrayList<>(4);

  void add(String id) {
    if (ids.size() == Alert.MAX_EVIDENCE) {
      ids.remove(0);
    }
    ids.add(id);
  }

  void clear() {
    ids.clear();
  }

  List<String> ids() {
    return List.copyOf(ids);
  }

  void write(ByteWriter out) {
    out.writeCount(ids.size());
    for (int i = 0; i < ids.size(); i++) {
      out.writeString(ids.get(i));
    }
  }

  static Evidence read(ByteReader in) {
    Evidence evidence = new Evidence();
    int count = in.readInt();
    for (int i = 0; i < count; i++) {
      evidence.ids.add(in.readString());
    }
    return evidence;
  }
}
