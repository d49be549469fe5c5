package io.fermata.journey;

import io.fermata.model.CustomerTier;
import io.fermata.model.Touchpoint;
import io.fermata.rules.RuleSet;

/**
 * What contact guidance is made of besides the rules' own cells, and what it said last. Owned by a
 * {@link FoldState}.
 */
final class Guidance {

  private static final CustomerTier[] TIERS = CustomerTier.values();

  final Contacts contacts;
  final Responses responses;
  final Pauses pauses;

  String timeZone;
  String segment;
  CustomerTier tier;
  int ignoredInARow;
  int optedOut;

  /** What was published last; null before the first time. */
  GuidanceContent content;

  /** Since when it says that. */
  long at;

  /** Until when (exclusive) only an event can change its times and pauses. */
  long freshUntil = Quiet.NONE;

  /** Whether something has changed since that its times and pauses depend on. */
  boolean searchAgain;

  /** Whether something has changed since that the rest depends on. */
  boolean countAgain;

  /** Whether a rule has raised since. */
  boolean raised;

  /** Whether this is a customer's future that is only tried. */
  boolean tried;

  Guidance(Segments segments) {
    this(new Contacts(segments), new Responses(segments), new Pauses());
  }

  private Guidance(Contacts contacts, Responses responses, Pauses pauses) {
    this.contacts = contacts;
    this.responses = responses;
    this.pauses = pauses;
  }

  /** Takes in what a touchpoint says of the customer. */
  void learn(Touchpoint touchpoint) {
    if (touchpoint.timeZone() != null && !touchpoint.timeZone().equals(timeZone)) {
      timeZone = touchpoint.timeZone();
      searchAgain = true;
    }
    if (touchpoint.segment() != null && !touchpoint.segment().equals(segment)) {
      segment = touchpoint.segment();
      searchAgain = true;
    }
    if (touchpoint.customerTier() != null && touchpoint.customerTier() != tier) {
      tier = touchpoint.customerTier();
      searchAgain = true;
    }
  }

  /** When a contact or response next leaves a window, or {@link Cell#NEVER}. */
  long countsChangeAt() {
    return Math.min(contacts.leavesAt(), responses.leavesAt());
  }

  /** What it says when its times and pauses are as they were. */
  GuidanceContent recount() {
    return content.recounted(contacts.counts(), ignoredInARow, responses.preferred());
  }

  void write(ByteWriter out, ByteWriter scratch) {
    out.writeByte(content == null ? 0 : 1);
    if (content == null) {
      return;
    }
    out.writeSigned(at);
    out.writeSigned(freshUntil == Cell.NEVER ? -1 : freshUntil - at);
    out.writeNullableString(timeZone);
    out.writeNullableString(segment);
    out.writeByte(tier == null ? 0 : tier.ordinal() + 1);
    pauses.write(out);
    contacts.write(out, scratch);
    responses.write(out, scratch);
    content.write(out);
  }

  static Guidance read(ByteReader in, RuleSet rules, Segments segments) {
    if (in.readByte() == 0) {
      return new Guidance(segments);
    }
    long at = in.readSigned();
    long fresh = in.readSigned();
    String timeZone = in.readNullableString();
    String segment = in.readNullableString();
    int tier = in.readByte();
    Pauses pauses = Pauses.read(in, rules);
    Contacts contacts = Contacts.read(in, segments);
    Guidance guidance = new Guidance(contacts, Responses.read(in, segments), pauses);
    guidance.content = GuidanceContent.read(in, contacts.counts());
    guidance.at = at;
    guidance.freshUntil = fresh < 0 ? Cell.NEVER : at + fresh;
    guidance.timeZone = timeZone;
    guidance.segment = segment;
    guidance.tier = tier == 0 ? null : TIERS[tier - 1];
    guidance.ignoredInARow = guidance.content.ignoredInARow();
    guidance.optedOut = guidance.content.optedOut();
    return guidance;
  }
}
