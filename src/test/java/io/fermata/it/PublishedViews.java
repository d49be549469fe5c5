package io.fermata.it;

import io.fermata.model.Alert;
import io.fermata.model.AlertStatus;
import io.fermata.model.Change;
import io.fermata.model.ContactGuidance;
import io.fermata.model.Journey;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What a reader makes of the topics with the views: final sets, and changes that contradict. */
final class PublishedViews {

  private final FinalViews last = new FinalViews();
  private final Map<String, Alert> latestAlerts = new TreeMap<>();
  private final List<String> contradictions = new ArrayList<>();
  private int changes;

  void alert(ConsumerRecord<byte[], byte[]> record, Alert alert) {
    Change change = change(record);
    Alert before = last.alerts().get(alert.id());
    // Only here: compaction may have taken away what a change in the other topics followed.
    boolean follows =
        switch (change) {
          case RAISED -> before == null;
          case CHANGED, RETRACTED -> before != null;
          // What begins and ends at one touchpoint may be published as ended at once.
          case ENDED -> true;
        };
    if (!follows) {
      contradictions.add(change + " to " + alert + " after " + before);
    }
    check(change, before, alert);
    if ((change == Change.RETRACTED) != (alert.status() == AlertStatus.RETRACTED)) {
      contradictions.add(change + " with the status of " + alert);
    }
    if (change == Change.RETRACTED) {
      last.alerts().remove(alert.id());
    } else {
      last.alerts().put(alert.id(), alert);
    }
  }

  void latestAlert(ConsumerRecord<byte[], byte[]> record, Alert alert) {
    String id = text(record.key());
    check(change(record), latestAlerts.get(id), alert);
    keep(latestAlerts, id, alert);
  }

  void journey(ConsumerRecord<byte[], byte[]> record, Journey journey) {
    String id = text(record.key());
    check(change(record), last.journeys().get(id), journey);
    keep(last.journeys(), id, journey);
  }

  void guidance(ConsumerRecord<byte[], byte[]> record, ContactGuidance guidance) {
    String customer = text(record.key());
    check(change(record), last.guidance().get(customer), guidance);
    keep(last.guidance(), customer, guidance);
  }

  private static <V> void keep(Map<String, V> views, String id, V view) {
    if (view == null) {
      views.remove(id);
    } else {
      views.put(id, view);
    }
  }

  /** A change that comes twice changes nothing the second time. */
  private void check(Change change, Object before, Object now) {
    changes++;
    boolean again = change == Change.RAISED ? before != null : now != null && now.equals(before);
    if (again) {
      contradictions.add(change + " to " + now + " after " + before);
    }
  }

  private static Change change(ConsumerRecord<byte[], byte[]> record) {
    return Change.valueOf(text(record.headers().lastHeader("change").value()));
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /** How many records there are. */
  int changes() {
    return changes;
  }

  FinalViews last() {
    return last;
  }

  /** One line per difference and per contradiction. */
  List<String> differencesTo(FinalViews expected) {
    List<String> lines = new ArrayList<>(contradictions);
    lines.addAll(last.differencesTo(expected));
    FinalViews.compare("latest alert", latestAlerts, expected.alerts(), lines);
    return lines;
  }
}
