package io.fermata.journey;

import io.fermata.model.Touchpoint;

/** Reads a touchpoint from the bytes in which history keeps it. */
@FunctionalInterface
public interface TouchpointBytes {

  Touchpoint decode(byte[] bytes, int offset, int length);
}
