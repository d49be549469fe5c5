package io.fermata.replay;

/** Decodes records of one file; for any number of threads. */
@FunctionalInterface
interface RecordDecoder {

  Imported decode(RawRecord record);
}
