package io.fermata.identity;

import io.fermata.journey.KeeperSettings;
import io.fermata.model.Alert;
import java.util.List;
import java.util.TreeSet;

/** Whom a name belongs to, by its links: those that touchpoints made and those that others said. */
final class Linking {

  private final IdentitySettings settings;
  private final long latenessMillis;
  private final IdentityStore store;
  private final Neighbours neighbours;
  private final Sweep sweep;

  /**
   * @param latenessMillis as of {@link Stitcher}
   */
  Linking(
      IdentitySettings settings,
      long latenessMillis,
      IdentityStore store,
      Neighbours neighbours,
      Sweep sweep) {
    this.settings = settings;
    this.latenessMillis = latenessMillis;
    this.store = store;
    this.neighbours = neighbours;
    this.sweep = sweep;
  }

  /** A link of a name becomes known that a touchpoint made. */
  void linked(Link link) {
    String name = link.from();
    NameRecord record = store.record(name);
    if (settings.isPlaceholder(name)) {
      placeholder(name, record, link);
      return;
    }
    store.put(link);
    if (saysNothingNew(record, link)) {
      count(name, record.tooMany());
      return;
    }
    IdentityStore.Links links = record.linked() ? store.links(name) : IdentityStore.Links.of(link);
    if (latenessMillis != KeeperSettings.ANY_LATENESS) {
      forget(links, link.at() - latenessMillis);
    }
    LinkSet now = LinkSet.of(name, links.united(), settings);
    count(name, now.tooMany());
    relink(name, record, now);
  }

  /**
   * A link of a name becomes known that others said.
   *
   * @param revoked whether it is as if this link, whoever made it, had never been; also when it
   *     becomes known later
   */
  void said(Link link, boolean revoked) {
    String name = link.from();
    NameRecord record = store.record(name);
    if (settings.isPlaceholder(name)) {
      placeholder(name, record, link);
    } else if (store.put(new Said(link, revoked))) {
      LinkSet now = linksOf(name);
      count(name, now.tooMany());
      relink(name, record, now);
    }
  }

  LinkSet linksOf(String name) {
    return LinkSet.of(name, store.links(name).united(), settings);
  }

  /** Brings a name to what its links say now. */
  void relink(String name, NameRecord record, LinkSet now) {
    NameRecord changed = record.with(now);
    if (changed.equals(record)) {
      return;
    }
    store.put(name, changed);
    SharedIdentifier.publish(neighbours, refused(record.refused()), refused(now.refused()));
    SharedIdentifier.publish(
        neighbours, tooMany(name, record.tooMany()), tooMany(name, now.tooMany()));
    for (Belonging.Stretch stretch : record.belonging().differences(now.belonging())) {
      sweep.sweep(name, stretch.from(), stretch.until(), Sweep.Past.of(record));
    }
  }

  private void count(String name, List<Link> tooMany) {
    if (!settings.mayBelongToAnother(name)) {
      neighbours.refused(Refusal.CONFLICT);
    } else if (!tooMany.isEmpty()) {
      neighbours.refused(Refusal.TOO_MANY);
    }
  }

  /** The common cases, in which nothing need be looked up. */
  private static boolean saysNothingNew(NameRecord record, Link link) {
    if (Stitcher.looksForOld(link.id())) {
      return false;
    }
    if (record.refused() != null) {
      return record.refused().compareTo(link) < 0;
    }
    List<Link> tooMany = record.tooMany();
    if (!tooMany.isEmpty()) {
      return tooMany.get(tooMany.size() - 1).compareTo(link) < 0;
    }
    return record.belonging().isAlways(link.to());
  }

  /** Forgets links of touchpoints long ago that repeat the one before them. */
  private void forget(IdentityStore.Links links, long horizon) {
    TreeSet<Link> ofTouchpoints = new TreeSet<>(links.made());
    links.said().forEach(each -> ofTouchpoints.remove(each.link()));
    Link last = null;
    for (Link link : links.united()) {
      boolean repeats =
          last != null
              && last.to().equals(link.to())
              && ofTouchpoints.contains(last)
              && ofTouchpoints.contains(link);
      if (repeats && link.at() < horizon) {
        store.delete(link);
        links.made().remove(link);
      } else {
        last = link;
      }
    }
  }

  private void placeholder(String name, NameRecord record, Link link) {
    Link before = record.refused();
    if (before == null || link.compareTo(before) < 0) {
      store.put(name, record.withRefused(link));
      SharedIdentifier.publish(neighbours, refused(before), refused(link));
    }
  }

  private Alert refused(Link first) {
    return first == null ? null : SharedIdentifier.refused(first, settings);
  }

  private Alert tooMany(String name, List<Link> firsts) {
    return firsts.isEmpty() ? null : SharedIdentifier.tooMany(name, firsts, settings.maxLinks());
  }
}
