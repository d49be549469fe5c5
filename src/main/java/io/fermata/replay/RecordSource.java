package io.fermata.replay;

import java.io.Closeable;
import java.io.IOException;

/** The records of one file in their order. */
interface RecordSource extends Closeable {

  /** The next record, or null at the end. */
  RawRecord next() throws IOException;
}
