package io.fermata.topology;

import io.fermata.codec.PillarBucketCodec;
import io.fermata.codec.ScoreBucketCodec;
import io.fermata.score.Bucket;
import io.fermata.score.DimensionValue;
import io.fermata.score.PillarTally;
import io.fermata.score.ScoreKey;
import io.fermata.score.Tally;

/** Tallies as Score's stores keep them: Avro of the current schema. */
interface TallyFormat<T extends Tally<T>> {

  /** Of answers and sent surveys, by {@link ScoreKey}. */
  TallyFormat<Bucket> SCORES =
      new TallyFormat<>() {
        @Override
        public Bucket none() {
          return new Bucket();
        }

        @Override
        public Bucket read(byte[] bytes, int offset, int length) {
          return Bucket.of(ScoreBucketCodec.INSTANCE.decode(bytes, offset, length));
        }

        @Override
        public byte[] write(String key, int day, Bucket tally) {
          return ScoreBucketCodec.INSTANCE.encode(tally.toRecord(ScoreKey.parse(key), day));
        }
      };

  /** Of pillar scores and experiences, by {@link DimensionValue}. */
  TallyFormat<PillarTally> PILLARS =
      new TallyFormat<>() {
        @Override
        public PillarTally none() {
          return new PillarTally();
        }

        @Override
        public PillarTally read(byte[] bytes, int offset, int length) {
          return PillarTally.of(PillarBucketCodec.INSTANCE.decode(bytes, offset, length));
        }

        @Override
        public byte[] write(String key, int day, PillarTally tally) {
          return PillarBucketCodec.INSTANCE.encode(tally.toRecord(DimensionValue.parse(key), day));
        }
      };

  /** An empty one. */
  T none();

  T read(byte[] bytes, int offset, int length);

  byte[] write(String key, int day, T tally);
}
