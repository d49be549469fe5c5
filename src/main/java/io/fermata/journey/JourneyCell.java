package io.fermata.journey;

import io.fermata.model.Channel;
import io.fermata.model.Journey;
import io.fermata.model.JourneyStatus;
import io.fermata.model.Outcome;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** An open journey. Bounded by its channels; it goes once it is closed or silent. */
final class JourneyCell implements Cell {

  private static final Channel[] CHANNELS = Channel.values();
  private static final Outcome[] OUTCOMES = Outcome.values();

  /** 32 hex digits. */
  final String id;

  final long openedAt;
  final List<Channel> channels = new ArrayList<>(2);
  long lastAt;
  Channel lastChannel;
  Outcome lastOutcome;

  /** Whether the last touchpoint resolved it; it completes when nothing more comes. */
  boolean resolved;

  /** Set by the touchpoint that closes it at once; never stored. */
  JourneyStatus closedAs;

  int touchpoints;
  int inbound;
  int outbound;
  long waitSeconds;
  long handleSeconds;
  int channelSwitches;
  int transfers;
  int bad;
  int good;
  double cost;
  private final FoldSettings settings;

  JourneyCell(String id, long openedAt, FoldSettings settings) {
    this.id = id;
    this.openedAt = openedAt;
    this.settings = settings;
  }

  @Override
  public long due() {
    return lastAt + (resolved ? settings.journeySettleMillis() : settings.journeyGapMillis());
  }

  @Override
  public long expiresAt() {
    return NEVER;
  }

  /** The view of it. */
  Journey view(String customer, String subject, JourneyStatus status, Long closedAt) {
    return new Journey(
        id,
        customer,
        subject,
        status,
        openedAt,
        lastAt,
        closedAt,
        List.copyOf(channels),
        touchpoints,
        inbound,
        outbound,
        waitSeconds,
        handleSeconds,
        channelSwitches,
        transfers,
        bad,
        good,
        effort(),
        cost,
        lastOutcome);
  }

  /** 1 = one contact, no wait; 7 = as hard as it gets (contracts, Journey). */
  private double effort() {
    double effort =
        1.0 + Math.max(0, inbound - 1) + channelSwitches + transfers + waitSeconds / 300.0;
    return Math.min(7.0, effort);
  }

  @Override
  public void write(ByteWriter out) {
    byte[] raw = HexFormat.of().parseHex(id);
    out.write(raw, 0, raw.length);
    out.writeSigned(openedAt);
    out.writeSigned(lastAt - openedAt);
    out.writeByte((resolved ? 1 : 0) | (cost != 0 ? 2 : 0));
    out.writeByte(lastChannel.ordinal());
    out.writeByte(lastOutcome == null ? 0 : lastOutcome.ordinal() + 1);
    out.writeCount(channels.size());
    for (int i = 0; i < channels.size(); i++) {
      out.writeByte(channels.get(i).ordinal());
    }
    out.writeCount(touchpoints);
    out.writeCount(inbound);
    out.writeCount(outbound);
    out.writeCount(waitSeconds);
    out.writeCount(handleSeconds);
    out.writeCount(channelSwitches);
    out.writeCount(transfers);
    out.writeCount(bad);
    out.writeCount(good);
    if (cost != 0) {
      out.writeDouble(cost);
    }
  }

  static JourneyCell read(ByteReader in, FoldSettings settings) {
    String id = HexFormat.of().formatHex(in.bytes(), in.position(), in.position() + 16);
    in.skip(16);
    JourneyCell cell = new JourneyCell(id, in.readSigned(), settings);
    cell.lastAt = cell.openedAt + in.readSigned();
    int flags = in.readByte();
    cell.resolved = (flags & 1) != 0;
    cell.lastChannel = CHANNELS[in.readByte()];
    int outcome = in.readByte();
    cell.lastOutcome = outcome == 0 ? null : OUTCOMES[outcome - 1];
    int count = in.readInt();
    for (int i = 0; i < count; i++) {
      cell.channels.add(CHANNELS[in.readByte()]);
    }
    cell.touchpoints = in.readInt();
    cell.inbound = in.readInt();
    cell.outbound = in.readInt();
    cell.waitSeconds = in.readCount();
    cell.handleSeconds = in.readCount();
    cell.channelSwitches = in.readInt();
    cell.transfers = in.readInt();
    cell.bad = in.readInt();
    cell.good = in.readInt();
    if ((flags & 2) != 0) {
      cell.cost = in.readDouble();
    }
    return cell;
  }
}
