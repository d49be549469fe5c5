package io.fermata.replay;

import java.io.IOException;
import java.util.function.LongConsumer;

/** Folds input files into their final views; every engine gives the same ones. */
public interface ReplayEngine {

  /**
   * Reads all input, folds it and settles the clock.
   *
   * @param bytesRead told how many bytes of the input were read, for progress
   * @throws IOException when an input cannot be read
   */
  ReplayResult run(TouchpointSources sources, ReplaySettings settings, LongConsumer bytesRead)
      throws IOException, InterruptedException;
}
