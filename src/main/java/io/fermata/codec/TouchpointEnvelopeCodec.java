package io.fermata.codec;

import io.fermata.model.Touchpoint;

/**
 * Touchpoints without the texts that only describe them (optional texts are null, attributes empty
 * unless there are too many): whose it is, when it was and whether it is one can be told at half
 * the cost. The bytes are read to the end all the same, so that what is malformed is found.
 */
final class TouchpointEnvelopeCodec extends RecordCodec<Touchpoint> {

  static final TouchpointEnvelopeCodec INSTANCE = new TouchpointEnvelopeCodec();

  private TouchpointEnvelopeCodec() {
    super(Touchpoint.class, TouchpointCodec.INSTANCE.schema());
  }

  @Override
  AvroInput input(byte[] bytes, int offset, int length) {
    return new EnvelopeInput(bytes, offset, length);
  }

  @Override
  Touchpoint read(AvroInput in) {
    return TouchpointCodec.INSTANCE.read(in);
  }

  @Override
  void write(AvroOutput out, Touchpoint value) {
    throw new UnsupportedOperationException("an envelope is only read");
  }
}
