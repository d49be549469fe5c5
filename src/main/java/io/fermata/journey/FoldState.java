package io.fermata.journey;

import io.fermata.model.Change;
import io.fermata.model.ContactGuidance;
import io.fermata.model.JourneyStatus;
import io.fermata.model.Position;
import io.fermata.rules.CompiledRule;
import io.fermata.rules.RuleSet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * All that the fold remembers of one customer. Bounded by the subjects that are active: windows and
 * deadlines that have passed leave nothing behind (streaks excepted, see {@link StreakCell}).
 */
final class FoldState {

  private static final int INDEX_FROM = 24;

  private record CellName(int key, String group) {}

  private final String customer;
  private final RuleSet rules;
  private final FoldSettings settings;
  private final Segments segments;
  private final List<Slot> slots = new ArrayList<>(8);
  private Guidance guidance;
  private Surveys surveys = new Surveys();
  private Lookback lookback = Lookback.NONE;

  /** Only for customers with many slots; looking through a few is quicker. */
  private Map<CellName, Slot> index;

  /** A bit for each rule that has a cell, and perhaps for others: 64 bits for all keys. */
  private long held;

  private Position last;

  FoldState(String customer, RuleSet rules, FoldSettings settings, Segments segments) {
    this.customer = customer;
    this.rules = rules;
    this.settings = settings;
    this.segments = segments;
    this.guidance = new Guidance(segments);
  }

  String customer() {
    return customer;
  }

  RuleSet rules() {
    return rules;
  }

  FoldSettings settings() {
    return settings;
  }

  Segments segments() {
    return segments;
  }

  Guidance guidance() {
    return guidance;
  }

  Surveys surveys() {
    return surveys;
  }

  /** Where earlier touchpoints are found. */
  Lookback lookback() {
    return lookback;
  }

  void lookIn(Lookback earlier) {
    lookback = earlier;
  }

  /** Tells {@code sink} the open journeys and the guidance, as they were published last. */
  void tell(ViewSink sink) {
    for (Slot slot : slots) {
      if (slot.rule == null) {
        JourneyCell journey = (JourneyCell) slot.peek(this);
        sink.journey(
            Change.CHANGED, journey.view(customer, slot.group(), JourneyStatus.OPEN, null));
      }
    }
    if (guidance.content != null) {
      sink.guidance(Change.CHANGED, guidanceView());
    }
  }

  /** The guidance as it was published last, or null. */
  ContactGuidance guidanceView() {
    return guidance.content == null ? null : guidance.content.view(customer, guidance.at);
  }

  /** Place of the last touchpoint folded, or null before the first. */
  Position last() {
    return last;
  }

  void advanceTo(Position position) {
    last = position;
  }

  /** The cell of a rule and group, or null; whoever asks may change it. */
  Cell find(CompiledRule rule, String group) {
    Slot slot = slot(rule, group);
    if (slot == null) {
      return null;
    }
    if (rule != null) {
      willChange(rule);
    }
    return slot.cell(this);
  }

  /** What a rule remembers is going to change. */
  private void willChange(CompiledRule rule) {
    if (rules.marketing().bearsOnGuidance(rule)) {
      guidance.searchAgain = true;
    }
  }

  /** The cell of a rule and group, or null; only to be read. */
  Cell peek(CompiledRule rule, String group) {
    Slot slot = slot(rule, group);
    return slot == null ? null : slot.peek(this);
  }

  /** Whether a rule may have a cell; false is certain. Costs nothing, unlike looking for one. */
  boolean mayHold(CompiledRule rule) {
    return (held & bit(rule.key())) != 0;
  }

  private static long bit(int key) {
    return 1L << key; // the low six bits of the key
  }

  /** The groups that a rule has cells for. */
  List<String> groupsOf(CompiledRule rule) {
    List<String> groups = new ArrayList<>(2);
    for (int i = 0; i < slots.size(); i++) {
      if (slots.get(i).rule == rule) {
        groups.add(slots.get(i).group());
      }
    }
    return groups;
  }

  /** The open journey about a subject, or null; whoever asks may change it. */
  JourneyCell journey(String subject) {
    return (JourneyCell) find(null, subject);
  }

  void add(CompiledRule rule, String group, Cell cell) {
    if (rule != null) {
      willChange(rule);
    }
    Slot slot = new Slot(rule, group, cell);
    slots.add(slot);
    held |= bit(slot.key());
    if (index != null) {
      index.put(new CellName(slot.key(), group), slot);
    }
  }

  void remove(CompiledRule rule, String group) {
    Slot slot = slot(rule, group);
    slots.remove(slot);
    if (index != null) {
      index.remove(new CellName(slot.key(), group));
    }
  }

  private Slot slot(CompiledRule rule, String group) {
    if (index != null) {
      return index.get(new CellName(rule == null ? Slot.JOURNEY_KEY : rule.key(), group));
    }
    for (int i = 0; i < slots.size(); i++) {
      Slot slot = slots.get(i);
      if (slot.rule == rule && slot.group().equals(group)) {
        return slot;
      }
    }
    if (slots.size() >= INDEX_FROM) {
      index = new HashMap<>();
      slots.forEach(s -> index.put(new CellName(s.key(), s.group()), s));
    }
    return null;
  }

  /** The slot to settle next among those due before {@code time}; null when there is none. */
  Slot nextDueBefore(long time) {
    Slot next = null;
    for (int i = 0; i < slots.size(); i++) {
      Slot slot = slots.get(i);
      if (slot.due() < time && (next == null || comesBefore(slot, next))) {
        next = slot;
      }
    }
    return next;
  }

  /** The slot to settle next at the clock {@code now}; null when there is none. */
  Slot nextDueAt(long now) {
    Slot next = null;
    for (int i = 0; i < slots.size(); i++) {
      Slot slot = slots.get(i);
      if (slot.wakesAt() <= now && (next == null || comesBefore(slot, next))) {
        next = slot;
      }
    }
    return next;
  }

  /** The least clock at which something is settled, or {@link Cell#NEVER}. */
  long wakesAt() {
    long wake = Cell.NEVER;
    for (int i = 0; i < slots.size(); i++) {
      wake = Math.min(wake, slots.get(i).wakesAt());
    }
    return wake;
  }

  /** When a deadline comes next that can order a pause, or {@link Cell#NEVER}. */
  long nextPauseDue() {
    long next = Cell.NEVER;
    for (int i = 0; i < slots.size(); i++) {
      Slot slot = slots.get(i);
      if (slot.due() < next
          && slot.rule != null
          && rules.marketing().pausesAtDeadlines(slot.rule)) {
        next = slot.due();
      }
    }
    return next;
  }

  /** The same state again, to be changed on its own. */
  FoldState copy() {
    ByteWriter out = new ByteWriter(1024);
    write(out, new ByteWriter(256));
    ByteReader in = new ByteReader(out.toByteArray(), 0);
    return read(in, customer, rules, settings, segments.fork());
  }

  /** By (time, rule id, anchor); journeys after the rules, so that an experience still counts. */
  private boolean comesBefore(Slot left, Slot right) {
    if (left.due() != right.due()) {
      return left.due() < right.due();
    }
    if (left.rule == null || right.rule == null) {
      return left.rule != null;
    }
    if (left.rule.onExperiences() != right.rule.onExperiences()) {
      return right.rule.onExperiences();
    }
    int byRule = left.rule.rule().id().compareTo(right.rule.rule().id());
    return byRule != 0
        ? byRule < 0
        : left.peek(this).dueAnchor().compareTo(right.peek(this).dueAnchor()) < 0;
  }

  /** Drops the cells that no longer say anything at {@code now}. */
  void sweep(long now) {
    boolean removed = slots.removeIf(slot -> slot.expiresAt() <= now && release(slot));
    if (removed) {
      index = null;
    }
  }

  private boolean release(Slot slot) {
    Cell cell = slot.cell(this);
    if (cell instanceof CountCell count) {
      count.matches.clear();
    } else if (cell instanceof AbsenceCell absence) {
      absence.waiting.clear();
      absence.overdue.clear();
    }
    return true;
  }

  /** The same under other rules: cells of rules that are not among them are gone. */
  FoldState under(RuleSet others, ByteWriter scratch) {
    slots.removeIf(slot -> slot.rule != null && others.byKey(slot.key()) == null && release(slot));
    guidance.freshUntil = guidance.at; // other rules may see the same otherwise
    ByteWriter out = new ByteWriter(1024);
    write(out, scratch);
    return read(
        new ByteReader(out.toByteArray(), 0), customer, others, settings, segments.emptied());
  }

  int size() {
    return slots.size();
  }

  void write(ByteWriter out, ByteWriter scratch) {
    out.writeNullablePosition(last);
    segments.write(out);
    out.writeCount(slots.size());
    for (int i = 0; i < slots.size(); i++) {
      slots.get(i).write(out, scratch);
    }
    guidance.write(out, scratch);
    surveys.write(out);
  }

  /** Numbers of the segments that a written state refers to. */
  static TreeSet<Integer> segmentsOf(byte[] bytes) {
    ByteReader in = new ByteReader(bytes, 0);
    in.readNullablePosition();
    Segments segments = Segments.inMemory();
    segments.read(in);
    return segments.numbers();
  }

  static FoldState read(
      ByteReader in, String customer, RuleSet rules, FoldSettings settings, Segments segments) {
    FoldState state = new FoldState(customer, rules, settings, segments);
    state.last = in.readNullablePosition();
    segments.read(in);
    int count = in.readInt();
    for (int i = 0; i < count; i++) {
      Slot slot = Slot.read(in, state);
      if (slot != null) {
        state.slots.add(slot);
        state.held |= bit(slot.key());
      }
    }
    state.guidance = Guidance.read(in, rules, segments);
    state.surveys = Surveys.read(in, customer);
    return state;
  }
}
