package io.fermata.journey;

import io.fermata.model.Channel;
import io.fermata.model.ContactGuidance;
import io.fermata.model.Purpose;
import io.fermata.model.Touchpoint;
import io.fermata.rules.CompiledRule;
import io.fermata.rules.Rule;
import io.fermata.rules.RuleSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The pauses in force: those that rules ordered, and the recovery silence of bad experiences not
 * yet made good. Bounded by one per rule and channel, and one per topic of the last P7D.
 */
final class Pauses {

  private static final long SILENCE = Duration.ofDays(7).toMillis();

  /**
   * A pause that a rule ordered.
   *
   * @param channel the only one that pauses, or null where the rule names them
   * @param until exclusive
   */
  private record Ordered(CompiledRule rule, Channel channel, long until) {

    boolean covers(Purpose purpose, Channel where) {
      Rule.Pause pause = rule.rule().pause();
      return (pause.purposes().isEmpty()
              || (purpose != null && pause.purposes().contains(purpose.name())))
          && (pause.sameChannel()
              ? channel == null || channel == where
              : pause.channels().isEmpty() || pause.channels().contains(where.name()));
    }

    boolean coversMarketing() {
      List<String> purposes = rule.rule().pause().purposes();
      return purposes.isEmpty() || purposes.contains(Purpose.MARKETING.name());
    }
  }

  private final List<Ordered> ordered = new ArrayList<>(2);

  /** By topic, null among them: the latest grave experience that has not been made good. */
  private final Map<String, Long> wrongs = new LinkedHashMap<>(2);

  /** When the last of the silences ends; {@link Quiet#NONE} where there is none. */
  private long silentUntil = Quiet.NONE;

  /** A rule that pauses has raised. */
  void order(CompiledRule rule, Channel ofAlert, long at) {
    Channel channel = rule.rule().pause().sameChannel() ? ofAlert : null;
    long until = at + rule.rule().pause().forMillis();
    if (until <= at) {
      return;
    }
    ordered.removeIf(pause -> pause.rule.key() == rule.key() && pause.channel == channel);
    ordered.add(new Ordered(rule, channel, until));
  }

  /** A grave experience about a topic. */
  void wrong(String topic, long at) {
    wrongs.put(topic, at);
    wrongsChanged();
  }

  /** Everything has been made good. Returns whether there was anything. */
  boolean makeGood() {
    boolean any = !wrongs.isEmpty();
    wrongs.clear();
    wrongsChanged();
    return any;
  }

  /** What was about that topic has been made good. */
  boolean makeGood(String topic) {
    boolean any = wrongs.remove(topic) != null;
    wrongsChanged();
    return any;
  }

  /** Forgets what has ended at {@code now}. */
  void expire(long now) {
    if (!ordered.isEmpty()) {
      ordered.removeIf(pause -> pause.until <= now);
    }
    if (!wrongs.isEmpty()) {
      wrongs.values().removeIf(at -> at + SILENCE <= now);
      wrongsChanged();
    }
  }

  boolean cover(Touchpoint touchpoint) {
    return (!ordered.isEmpty() || !wrongs.isEmpty())
        && coveredUntil(touchpoint.purpose(), touchpoint.channel(), touchpoint.occurredAt())
            > touchpoint.occurredAt();
  }

  /**
   * When the last of the pauses ends that cover the purpose and channel at a time; else the time.
   */
  long coveredUntil(Purpose purpose, Channel channel, long now) {
    long until = now;
    for (int i = 0; i < ordered.size(); i++) {
      Ordered pause = ordered.get(i);
      if (pause.until > until && pause.covers(purpose, channel)) {
        until = pause.until;
      }
    }
    return purpose == Purpose.MARKETING ? Math.max(until, silentUntil) : until;
  }

  /** Whether a pause in force may treat a channel otherwise than others. */
  boolean tellApart(Channel channel) {
    for (int i = 0; i < ordered.size(); i++) {
      Ordered pause = ordered.get(i);
      if (!pause.rule.rule().pause().ofAllChannels() && pause.covers(Purpose.MARKETING, channel)) {
        return true;
      }
    }
    return false;
  }

  private void wrongsChanged() {
    silentUntil = Quiet.NONE;
    for (long at : wrongs.values()) {
      silentUntil = Math.max(silentUntil, at + SILENCE);
    }
  }

  /** When the last of the pauses of marketing ends, or null; to be asked after expiry. */
  Long until() {
    long until = silentUntil;
    for (Ordered pause : ordered) {
      if (pause.coversMarketing()) {
        until = Math.max(until, pause.until);
      }
    }
    return until == Quiet.NONE ? null : (Long) until;
  }

  /** When the next of all ends, or {@link Cell#NEVER}. */
  long nextEnd() {
    long next = Cell.NEVER;
    for (Ordered pause : ordered) {
      next = Math.min(next, pause.until);
    }
    for (long at : wrongs.values()) {
      next = Math.min(next, at + SILENCE);
    }
    return next;
  }

  void addReasons(Collection<String> reasons) {
    for (Ordered pause : ordered) {
      if (pause.coversMarketing()) {
        reasons.add(pause.rule.rule().id());
      }
    }
    if (!wrongs.isEmpty()) {
      reasons.add(ContactGuidance.RECOVERY_SILENCE);
    }
  }

  void write(ByteWriter out) {
    out.writeCount(ordered.size());
    for (Ordered pause : ordered) {
      out.writeFixedInt(pause.rule.key());
      out.writeByte(pause.channel == null ? 0 : pause.channel.ordinal() + 1);
      out.writeSigned(pause.until);
    }
    out.writeCount(wrongs.size());
    wrongs.forEach(
        (topic, at) -> {
          out.writeNullableString(topic);
          out.writeSigned(at);
        });
  }

  static Pauses read(ByteReader in, RuleSet rules) {
    Pauses pauses = new Pauses();
    int count = in.readInt();
    for (int i = 0; i < count; i++) {
      CompiledRule rule = rules.byKey(in.readFixedInt());
      Channel channel = Entry.channel(in);
      long until = in.readSigned();
      if (rule != null) {
        pauses.ordered.add(new Ordered(rule, channel, until));
      }
    }
    count = in.readInt();
    for (int i = 0; i < count; i++) {
      String topic = in.readNullableString();
      pauses.wrongs.put(topic, in.readSigned());
    }
    pauses.wrongsChanged();
    return pauses;
  }
}
