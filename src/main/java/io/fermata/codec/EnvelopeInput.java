package io.fermata.codec;

import java.util.Map;

/** Steps over the texts that describe a touchpoint: optional ones, and attributes. */
final class EnvelopeInput extends AvroInput {

  /** So many at most that none can be too many for a touchpoint. */
  private static final int ATTRIBUTES_TO_SKIP = 16;

  EnvelopeInput(byte[] bytes, int offset, int length) {
    super(bytes, offset, length);
  }

  @Override
  String readNullableText() {
    if (readPresence()) {
      skip(readLength());
    }
    return null;
  }

  @Override
  String readNullableSharedText() {
    return readNullableText();
  }

  @Override
  Map<String, String> readTexts() {
    int from = position();
    int skipped = 0;
    for (int count = readBlockCount(); count > 0; count = readBlockCount()) {
      skipped += count;
      if (skipped > ATTRIBUTES_TO_SKIP) {
        seek(from);
        return super.readTexts();
      }
      for (int i = 0; i < count; i++) {
        skip(readLength());
        skip(readLength());
      }
    }
    return Map.of();
  }
}
