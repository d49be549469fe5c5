package io.fermata.oracle;

import io.fermata.model.Touchpoint;

/** A touchpoint or an experience at its place in the order. */
record Item(Place place, Touchpoint touchpoint) {

  static Item of(Touchpoint touchpoint) {
    return new Item(Place.of(touchpoint), touchpoint);
  }

  String id() {
    return touchpoint.id();
  }

  long time() {
    return touchpoint.occurredAt();
  }

  boolean before(Item other) {
    return place.compareTo(other.place) < 0;
  }
}
