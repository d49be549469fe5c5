package io.fermata.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fermata.model.ContactDecision;
import io.fermata.model.Position;
import io.fermata.model.ReservationAnswer;
import io.fermata.model.Touchpoint;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.Test;

class RecordCodecTest {

  private static final long SEED = 42;
  private static final int RECORDS = 2_000;
  private static final int PADDING = 7;

  @Test
  void shouldAgreeWithAvroOnTouchpointsInBothDirections() throws IOException {
    agreesWithAvro(TouchpointCodec.INSTANCE, RandomRecords::touchpoint);
  }

  @Test
  void shouldAgreeWithAvroOnAlertsInBothDirections() throws IOException {
    agreesWithAvro(AlertCodec.INSTANCE, RandomRecords::alert);
  }

  @Test
  void shouldAgreeWithAvroOnJourneysInBothDirections() throws IOException {
    agreesWithAvro(JourneyCodec.INSTANCE, RandomRecords::journey);
  }

  @Test
  void shouldAgreeWithAvroOnContactGuidanceInBothDirections() throws IOException {
    agreesWithAvro(ContactGuidanceCodec.INSTANCE, RandomRecords::guidance);
  }

  @Test
  void shouldAgreeWithAvroOnReservationAnswersInBothDirections() throws IOException {
    Random random = new Random(SEED);
    Schema schema = ReservationAnswerCodec.INSTANCE.schema();
    for (int i = 0; i < RECORDS; i++) {
      ReservationAnswer value = RandomRecords.reservationAnswer(random);
      GenericRecord read = avroRead(schema, ReservationAnswerCodec.INSTANCE.encode(value));
      ContactDecision decision = value.decision();
      assertThat(read.get("requestId")).asString().isEqualTo(value.requestId());
      assertThat(read.get("replyTo")).asString().isEqualTo(value.replyTo());
      assertThat(read.get("customer")).asString().isEqualTo(decision.customer());
      assertThat(read.get("channel")).asString().isEqualTo(decision.channel().name());
      assertThat(read.get("verdict")).asString().isEqualTo(decision.verdict().name());
      assertThat(read.get("at")).isEqualTo(decision.at());
      assertThat(read.get("until")).isEqualTo(decision.until());
      assertThat(read.get("expiresAt")).isEqualTo(value.expiresAt());
      assertThat((List<?>) read.get("reasons")).hasSameSizeAs(decision.reasons());
      assertThat(decodePadded(ReservationAnswerCodec.INSTANCE, avroWrite(schema, read)))
          .as("seed %d, record %d", SEED, i)
          .isEqualTo(value);
    }
  }

  @Test
  void shouldAgreeWithAvroOnIdentityLinksInBothDirections() throws IOException {
    agreesWithAvro(IdentityLinkCodec.INSTANCE, RandomRecords::identityLink);
  }

  @Test
  void shouldAgreeWithAvroOnInboxRecordsInBothDirections() throws IOException {
    Random random = new Random(SEED);
    Schema schema = InboxCodec.INSTANCE.schema();
    Schema events = schema.getField("event").schema();
    for (int i = 0; i < RECORDS; i++) {
      InboxRecord value = inboxRecord(random);
      byte[] encoded = InboxCodec.INSTANCE.encode(value);
      GenericRecord read = avroRead(schema, encoded);
      Schema branch = ((GenericRecord) read.get("event")).getSchema();
      assertThat(branch.getName()).isEqualTo("InboxRecord" + value.getClass().getSimpleName());
      assertThat(events.getTypes()).contains(branch);
      assertThat(((GenericData.Record) read.get("event")))
          .as("seed %d, record %d", SEED, i)
          .isEqualTo(
              avroRead(branch, avroWrite(branch, GenericRecords.of((Record) value, branch))));
      assertThat(decodePadded(InboxCodec.INSTANCE, avroWrite(schema, read)))
          .as("seed %d, record %d", SEED, i)
          .isEqualTo(value);
    }
  }

  @Test
  void shouldShowAnArrivalWithoutCopyingIt() {
    byte[] touchpoint = {0, 0, 0, 0, 1, 2, 3};
    byte[] encoded = InboxCodec.INSTANCE.encodeFramed(9, InboxRecord.Arrival.of(touchpoint));

    InboxRecord.Arrival arrival =
        (InboxRecord.Arrival)
            InboxCodec.INSTANCE.decode(encoded, Framing.HEADER, encoded.length - Framing.HEADER);

    assertThat(arrival.array()).isSameAs(encoded);
    assertThat(Arrays.copyOfRange(encoded, arrival.offset(), arrival.offset() + arrival.length()))
        .isEqualTo(touchpoint);
  }

  @Test
  void shouldWriteEqualBytesWhateverTheOrderOfAMap() {
    Touchpoint touchpoint = RandomRecords.touchpoint(new Random(SEED));
    Map<String, String> forth = new java.util.LinkedHashMap<>();
    Map<String, String> back = new java.util.LinkedHashMap<>();
    for (int i = 0; i < 20; i++) {
      forth.put("k" + i, "v");
      back.put("k" + (19 - i), "v");
    }

    assertThat(TouchpointCodec.INSTANCE.encode(touchpoint.toBuilder().attributes(forth).build()))
        .isEqualTo(
            TouchpointCodec.INSTANCE.encode(touchpoint.toBuilder().attributes(back).build()));
  }

  @Test
  void shouldNameTheFieldWhenARequiredOneIsMissing() {
    Touchpoint touchpoint = RandomRecords.touchpoint(new Random(SEED));

    assertThatThrownBy(
            () -> TouchpointCodec.INSTANCE.encode(touchpoint.toBuilder().channel(null).build()))
        .isInstanceOf(SerializationException.class)
        .hasMessageContaining("channel is missing");
  }

  @Test
  void shouldThrowNothingButUndecodableWhenBytesAreDamaged() {
    survivesDamage(TouchpointCodec.INSTANCE, RandomRecords::touchpoint);
    survivesDamage(AlertCodec.INSTANCE, RandomRecords::alert);
    survivesDamage(JourneyCodec.INSTANCE, RandomRecords::journey);
    survivesDamage(ContactGuidanceCodec.INSTANCE, RandomRecords::guidance);
    survivesDamage(IdentityLinkCodec.INSTANCE, RandomRecords::identityLink);
    survivesDamage(InboxCodec.INSTANCE, RecordCodecTest::inboxRecord);
  }

  @Test
  void shouldSayWhereTheBytesAreWrong() {
    byte[] encoded = TouchpointCodec.INSTANCE.encode(RandomRecords.touchpoint(new Random(SEED)));

    assertThatThrownBy(() -> TouchpointCodec.INSTANCE.decode(encoded, 0, encoded.length - 1))
        .isInstanceOf(UndecodableException.class)
        .hasMessageMatching("byte \\d+ of " + (encoded.length - 1) + ": .*");
    assertThatThrownBy(
            () ->
                TouchpointCodec.INSTANCE.decode(
                    Arrays.copyOf(encoded, encoded.length + 2), 0, encoded.length + 2))
        .isInstanceOf(UndecodableException.class)
        .hasMessageContaining("2 bytes are left after the record");
  }

  private static <T extends Record> void agreesWithAvro(
      RecordCodec<T> codec, Function<Random, T> records) throws IOException {
    Random random = new Random(SEED);
    for (int i = 0; i < RECORDS; i++) {
      T value = records.apply(random);
      byte[] encoded = codec.encode(value);
      byte[] encodedByAvro = avroWrite(codec.schema(), GenericRecords.of(value, codec.schema()));
      assertThat(avroRead(codec.schema(), encoded))
          .as("seed %d, record %d", SEED, i)
          .isEqualTo(avroRead(codec.schema(), encodedByAvro));
      assertThat(decodePadded(codec, encodedByAvro))
          .as("seed %d, record %d", SEED, i)
          .isEqualTo(value);
    }
  }

  private static <T> void survivesDamage(RecordCodec<T> codec, Function<Random, T> records) {
    Random random = new Random(SEED);
    Transcoder transcoder = new Transcoder(codec.schema(), codec.schema());
    int refused = 0;
    for (int i = 0; i < RECORDS; i++) {
      byte[] bytes = damaged(codec.encode(records.apply(random)), random);
      try {
        codec.decode(bytes, 0, bytes.length);
      } catch (UndecodableException e) {
        refused++;
      } catch (RuntimeException e) {
        throw new AssertionError("seed " + SEED + ", record " + i, e);
      }
      try {
        transcoder.transcode(bytes, 0, bytes.length);
      } catch (UndecodableException e) {
        assertThat(e).hasMessageNotContaining("null");
      }
    }
    assertThat(refused).as("damaged %s that were refused", codec.type()).isPositive();
  }

  private static byte[] damaged(byte[] bytes, Random random) {
    switch (random.nextInt(3)) {
      case 0 -> random.nextBytes(bytes);
      case 1 -> bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length));
      default -> {
        for (int i = random.nextInt(4); i >= 0; i--) {
          bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
        }
      }
    }
    return bytes;
  }

  private static InboxRecord inboxRecord(Random random) {
    return switch (random.nextInt(11)) {
      case 0 -> new InboxRecord.Arrival(bytes(random));
      case 1 ->
          new InboxRecord.Link(
              RandomRecords.text(random),
              RandomRecords.text(random),
              RandomRecords.time(random),
              RandomRecords.text(random),
              random.nextBoolean() ? null : RandomRecords.time(random),
              random.nextBoolean(),
              random.nextBoolean());
      case 2 ->
          new InboxRecord.Move(
              RandomRecords.list(random, 0, 3, () -> RandomRecords.text(random)),
              random.nextBoolean(),
              RandomRecords.list(random, 0, 5, () -> bytes(random)));
      case 3 ->
          new InboxRecord.Recall(
              RandomRecords.list(random, 0, 3, () -> RandomRecords.text(random)), places(random));
      case 4 -> new InboxRecord.Sweep(RandomRecords.time(random), RandomRecords.time(random));
      case 5 ->
          new InboxRecord.Reserve(
              RandomRecords.text(random),
              RandomRecords.text(random),
              RandomRecords.channel(random),
              RandomRecords.time(random),
              RandomRecords.list(random, 0, 3, () -> RandomRecords.text(random)));
      case 6 ->
          new InboxRecord.Reserved(
              RandomRecords.text(random),
              RandomRecords.channel(random),
              RandomRecords.time(random),
              RandomRecords.time(random),
              random.nextBoolean(),
              RandomRecords.list(random, 0, 3, () -> RandomRecords.text(random)));
      case 8 ->
          new InboxRecord.Erase(
              RandomRecords.text(random),
              RandomRecords.time(random),
              random.nextBoolean() ? null : RandomRecords.text(random));
      case 9 ->
          new InboxRecord.Drop(
              RandomRecords.list(random, 0, 3, () -> RandomRecords.text(random)), places(random));
      case 7 -> new InboxRecord.Met(RandomRecords.text(random));
      default -> new InboxRecord.Tick(RandomRecords.time(random));
    };
  }

  private static List<Position> places(Random random) {
    return RandomRecords.list(
        random, 0, 5, () -> new Position(RandomRecords.time(random), RandomRecords.text(random)));
  }

  private static ByteBuffer bytes(Random random) {
    byte[] bytes = new byte[random.nextInt(300)];
    random.nextBytes(bytes);
    return ByteBuffer.wrap(bytes);
  }

  /** Decodes from the middle of an array, as the consumer's buffers have it. */
  private static <T> T decodePadded(RecordCodec<T> codec, byte[] bytes) {
    byte[] padded = new byte[bytes.length + 2 * PADDING];
    Arrays.fill(padded, (byte) 0x5a);
    System.arraycopy(bytes, 0, padded, PADDING, bytes.length);
    return codec.decode(padded, PADDING, bytes.length);
  }

  private static byte[] avroWrite(Schema schema, GenericRecord value) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
    new GenericDatumWriter<GenericRecord>(schema).write(value, encoder);
    encoder.flush();
    return out.toByteArray();
  }

  private static GenericRecord avroRead(Schema schema, byte[] bytes) throws IOException {
    return new GenericDatumReader<GenericRecord>(schema)
        .read(null, DecoderFactory.get().binaryDecoder(bytes, null));
  }
}
