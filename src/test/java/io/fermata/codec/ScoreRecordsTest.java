package io.fermata.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.fermata.model.Pillar;
import io.fermata.model.PillarBucket;
import io.fermata.model.PillarReport;
import io.fermata.model.Polarity;
import io.fermata.model.ScoreAlert;
import io.fermata.model.ScoreComparison;
import io.fermata.model.ScoreKind;
import io.fermata.model.Severity;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.Test;

/** The hand-laid codecs of Score's records against Avro's own, both ways. */
class ScoreRecordsTest {

  @Test
  void shouldReadAndWriteAlertsAsAvroDoes() throws IOException {
    ScoreAlert alert =
        new ScoreAlert(
            "a1",
            ScoreKind.NPS,
            "channel+topic",
            "VOICE+a|b",
            "P7D",
            1_772_359_200_000L,
            120,
            6.7,
            150,
            34.7,
            -28,
            19.6,
            0.0063,
            48);

    GenericRecord read = throughAvro(ScoreAlertCodec.INSTANCE, alert);

    assertThat(read.get("dimension")).hasToString("channel+topic");
    assertThat(read.get("value")).hasToString("VOICE+a|b");
    assertThat(read.get("beforeN")).isEqualTo(150L);
    assertThat(read.get("beforeNps")).isEqualTo(34.7);
    assertThat(read.get("change")).isEqualTo(-28.0);
    assertThat(read.get("marginOfError")).isEqualTo(19.6);
    assertThat(read.get("p")).isEqualTo(0.0063);
    assertThat(read.get("tests")).isEqualTo(48);
  }

  @Test
  void shouldReadAndWriteComparisonsAsAvroDoes() throws IOException {
    ScoreComparison comparison =
        new ScoreComparison(
            "all",
            "all",
            20_000,
            true,
            Map.of(
                "P7D", new ScoreComparison.Counts(1, 2, 3, 4, 5, 6),
                "P30D", new ScoreComparison.Counts(7, 8, 9, 10, 11, 12)));

    GenericRecord read = throughAvro(ScoreComparisonCodec.INSTANCE, comparison);

    assertThat(read.get("over")).isEqualTo(true);
    assertThat(read.get("windows").toString()).contains("beforeDetractors", "12");
    throughAvro(
        ScoreComparisonCodec.INSTANCE, new ScoreComparison("all", "all", -1, false, Map.of()));
  }

  @Test
  void shouldReadAndWritePillarsAsAvroDoes() throws IOException {
    PillarReport report =
        new PillarReport(
            "area",
            "SALES",
            "P1D",
            1_772_359_200_000L,
            3,
            Map.of("EMPATHY", 51.5, "INTEGRITY", 0.25),
            List.of(
                new PillarReport.Experiences(
                    Pillar.RESOLUTION, Polarity.BAD, Severity.CRITICAL, 4)));
    PillarBucket bucket =
        new PillarBucket(
            "area",
            "SALES",
            20_000,
            -2,
            ByteBuffer.wrap(new byte[] {1, 2, 3}),
            Map.of("RESOLUTION BAD LOW", -7L));

    GenericRecord read = throughAvro(PillarReportCodec.INSTANCE, report);

    assertThat(read.get("pillars").toString()).contains("EMPATHY", "51.5");
    assertThat(read.get("experiences").toString()).contains("RESOLUTION", "BAD", "CRITICAL");
    throughAvro(PillarBucketCodec.INSTANCE, bucket);
    throughAvro(
        PillarBucketCodec.INSTANCE,
        new PillarBucket("all", "all", 0, 0, ByteBuffer.allocate(0), Map.of()));
  }

  /** What Avro reads of our bytes; ours must read the same record out of what it writes. */
  private static <T> GenericRecord throughAvro(RecordCodec<T> codec, T record) throws IOException {
    byte[] ours = codec.encode(record);
    GenericRecord generic =
        new GenericDatumReader<GenericRecord>(codec.schema())
            .read(null, DecoderFactory.get().binaryDecoder(ours, null));
    ByteArrayOutputStream theirs = new ByteArrayOutputStream();
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(theirs, null);
    new GenericDatumWriter<GenericRecord>(codec.schema()).write(generic, encoder);
    encoder.flush();
    assertThat(codec.decode(ours, 0, ours.length)).isEqualTo(record);
    assertThat(codec.decode(theirs.toByteArray(), 0, theirs.size())).isEqualTo(record);
    return generic;
  }
}
