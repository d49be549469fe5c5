package io.fermata.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fermata.codec.json.TouchpointJson;
import io.fermata.model.Channel;
import io.fermata.model.DeadLetterReason;
import io.fermata.model.Direction;
import io.fermata.model.Touchpoint;
import io.fermata.replay.mapping.Mapping;
import io.fermata.replay.mapping.MappingException;
import io.fermata.replay.mapping.MappingLoader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TouchpointSourcesTest {

  private static final String FIELDS =
      """
      constants: {channel: VOICE, direction: INBOUND, type: contact.ended}
      fields: {id: id, occurredAt: at, topic: topic}
      identifiers: [{kind: customer, value: id}]
      skip: ["topic == 'ignore'"]
      """;

  @TempDir private Path folder;

  @Test
  void shouldKeepTheOrderOfFilesAndLines() throws Exception {
    StringBuilder lines = new StringBuilder();
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 3000; i++) {
      ids.add("t" + i);
      lines.append(TouchpointJson.write(touchpoint("t" + i))).append('\n');
    }
    Path first = write("a.jsonl", lines.toString());
    Path second = packed("b.jsonl.gz", TouchpointJson.write(touchpoint("last")) + "\n");
    ids.add("last");
    AtomicLong bytes = new AtomicLong();

    TouchpointSources sources = new TouchpointSources(List.of(first, second), null);
    List<String> read = new ArrayList<>();
    sources.read(
        3, bytes::addAndGet, imported -> read.add(((Imported.Valid) imported).touchpoint().id()));

    assertThat(read).isEqualTo(ids);
    assertThat(bytes.get()).isEqualTo(sources.size());
  }

  @Test
  void shouldMakeDeadLettersOfBadLinesAndGoOn() throws Exception {
    Path file =
        write(
            "a.jsonl",
            "\n{\"id\":\n"
                + TouchpointJson.write(touchpoint("a"))
                + "\n\n{\"id\":\"b\",\"waitSeconds\":-1}\n");

    List<Imported> read = read(null, file);

    assertThat(read).hasSize(3);
    Imported.DeadLetter broken = (Imported.DeadLetter) read.get(0);
    assertThat(broken.reason()).isEqualTo(DeadLetterReason.UNDECODABLE);
    assertThat(broken.file()).isEqualTo(file.toString());
    assertThat(broken.line()).isEqualTo(2);
    assertThat(broken.original()).isEqualTo("{\"id\":");
    assertThat(((Imported.Valid) read.get(1)).line()).isEqualTo(3);
    Imported.DeadLetter invalid = (Imported.DeadLetter) read.get(2);
    assertThat(invalid.reason()).isEqualTo(DeadLetterReason.INVALID);
    assertThat(invalid.line()).isEqualTo(5);
    assertThat(invalid.detail())
        .contains("occurredAt is missing; ")
        .contains("waitSeconds is -1, expected 0 or more");
  }

  @Test
  void shouldRefuseBytesThatAreNoText() throws Exception {
    Path file = folder.resolve("a.jsonl");
    Files.write(file, "{\"id\":\"\u00ff\"}\n".getBytes(StandardCharsets.ISO_8859_1));

    Imported.DeadLetter letter = (Imported.DeadLetter) read(null, file).get(0);

    assertThat(letter.reason()).isEqualTo(DeadLetterReason.UNDECODABLE);
    assertThat(letter.detail()).startsWith("character 8: ");
    assertThat(letter.original()).isEqualTo("{\"id\":\"\uFFFD\"}");
  }

  @Test
  void shouldRefuseATouchpointOverTheSizeLimit() throws Exception {
    Touchpoint large =
        touchpoint("a").toBuilder().attributes(Map.of("x", "y".repeat(256 * 1024))).build();
    Touchpoint fits =
        touchpoint("b").toBuilder().attributes(Map.of("x", "y".repeat(255 * 1024))).build();
    Path file =
        write(
            "a.jsonl",
            TouchpointJson.write(large)
                + "\n"
                + TouchpointJson.write(fits)
                + "\n"
                + " ".repeat(LineSource.MAX_LENGTH)
                + "x\n"
                + TouchpointJson.write(touchpoint("c")));

    List<Imported> read = read(null, file);

    assertThat(((Imported.DeadLetter) read.get(0)).reason()).isEqualTo(DeadLetterReason.TOO_LARGE);
    assertThat(read.get(1)).isInstanceOf(Imported.Valid.class);
    assertThat(((Imported.DeadLetter) read.get(2)).reason()).isEqualTo(DeadLetterReason.TOO_LARGE);
    assertThat(((Imported.Valid) read.get(3)).line()).isEqualTo(4);
  }

  @Test
  void shouldReadSeparatedValues() throws Exception {
    Path file =
        write(
            "a.csv",
            """
            \uFEFFtopic,id,at
            "a, ""b""
            c",1,2026-03-01T10:00:00Z
            ignore,2,2026-03-01T10:00:00Z

            ,3,2026-03-01T10:00:00Z
            """
                .replace("\n", "\r\n"));

    List<Imported> read = read(csv(), file);

    assertThat(read).hasSize(3);
    Imported.Valid first = (Imported.Valid) read.get(0);
    assertThat(first.touchpoint().topic()).isEqualTo("a, \"b\"\nc");
    assertThat(first.line()).isEqualTo(2);
    assertThat(read.get(1)).isEqualTo(new Imported.Skipped(file.toString(), 4));
    Imported.Valid last = (Imported.Valid) read.get(2);
    assertThat(last.touchpoint().topic()).isNull();
    assertThat(last.line()).isEqualTo(6);
  }

  @Test
  void shouldLoseOneRowWhenAQuoteIsNotClosed() throws Exception {
    StringBuilder rows = new StringBuilder("topic,id,at\n\"open,0,2026-03-01T10:00:00Z\n");
    for (int i = 1; i <= 200; i++) {
      rows.append("t,").append(i).append(",2026-03-01T10:00:00Z\n");
    }
    Path file = write("a.csv", rows.toString());

    List<Imported> read = read(csv(), file);

    assertThat(read).hasSize(201);
    Imported.DeadLetter letter = (Imported.DeadLetter) read.get(0);
    assertThat(letter.reason()).isEqualTo(DeadLetterReason.UNDECODABLE);
    assertThat(letter.line()).isEqualTo(2);
    assertThat(read.subList(1, 201)).allMatch(Imported.Valid.class::isInstance);
  }

  @Test
  void shouldRefuseRowsWithTooFewOrBadValues() throws Exception {
    Path file = write("a.csv", "topic,id,at\nt,1\nt,2,yesterday\n");

    List<Imported> read = read(csv(), file);

    Imported.DeadLetter tooShort = (Imported.DeadLetter) read.get(0);
    assertThat(tooShort.detail()).isEqualTo("the row has 2 values, expected 3 as columns");
    assertThat(tooShort.original()).isEqualTo("t,1");
    Imported.DeadLetter bad = (Imported.DeadLetter) read.get(1);
    assertThat(bad.reason()).isEqualTo(DeadLetterReason.INVALID);
    assertThat(bad.line()).isEqualTo(3);
    assertThat(bad.detail()).startsWith("occurredAt: 'yesterday' is no time");
  }

  @Test
  void shouldReadAnotherSeparatorAndEncodingWithoutHeader() throws Exception {
    Mapping mapping =
        MappingLoader.parse(
            "m.yaml",
            "format: csv\nheader: false\ncolumns: [id, at, topic]\nseparator: ';'\n"
                + "encoding: ISO-8859-2\n"
                + FIELDS);
    Path file = folder.resolve("a.txt");
    Files.write(
        file,
        "1;2026-03-01T10:00:00Z;\u017c\u00f3\u0142w\n".getBytes(Charset.forName("ISO-8859-2")));

    assertThat(((Imported.Valid) read(mapping, file).get(0)).touchpoint().topic())
        .isEqualTo("\u017c\u00f3\u0142w");
  }

  @Test
  void shouldTakeQuotesAsTheyAreInTabSeparatedValues() throws Exception {
    Mapping mapping = MappingLoader.parse("m.yaml", "format: tsv\n" + FIELDS);
    Path file = packed("a.tsv.gz", "id\tat\ttopic\n1\t2026-03-01T10:00:00Z\t\"5 inch\n");

    assertThat(((Imported.Valid) read(mapping, file).get(0)).touchpoint().topic())
        .isEqualTo("\"5 inch");
  }

  @Test
  void shouldMapJsonLines() throws Exception {
    Mapping mapping =
        MappingLoader.parse("m.yaml", "format: jsonl\n" + FIELDS.replace("id: id", "id: x.y"));
    Path file =
        write(
            "a.jsonl",
            """
            {"x":{"y":7},"id":"c","at":"2026-03-01T10:00:00Z","topic":null}
            {"id":"c","at":"2026-03-01T10:00:00Z"}
            []
            {"x":{"y":"\\ud83d"},"id":"c","at":"2026-03-01T10:00:00Z"}
            """);

    List<Imported> read = read(mapping, file);

    Touchpoint touchpoint = ((Imported.Valid) read.get(0)).touchpoint();
    assertThat(touchpoint.id()).isEqualTo("7");
    assertThat(touchpoint.topic()).isNull();
    assertThat(((Imported.DeadLetter) read.get(1)).detail()).startsWith("id: ");
    assertThat(((Imported.DeadLetter) read.get(2)).reason())
        .isEqualTo(DeadLetterReason.UNDECODABLE);
    assertThat(((Imported.DeadLetter) read.get(3)).detail())
        .endsWith("half of a surrogate pair, expected Unicode text");
  }

  @Test
  void shouldRefuseAFileThatTheMappingDoesNotFit() throws Exception {
    Path noColumn = write("a.csv", "topic,id,when\n");
    Path twice = write("b.csv", "topic,id,at,id\n");
    Path empty = write("c.csv", "");

    assertThatThrownBy(() -> read(csv(), noColumn))
        .isInstanceOf(MappingException.class)
        .hasMessageContaining("there is no column 'at' in " + noColumn);
    assertThatThrownBy(() -> read(csv(), twice))
        .isInstanceOf(InputException.class)
        .hasMessage(twice + ":1: the column 'id' appears twice");
    assertThatThrownBy(() -> read(csv(), empty)).isInstanceOf(InputException.class);
  }

  @Test
  void shouldRefuseFilesItCannotRead() throws Exception {
    Path csv = write("a.csv", "x\n");

    assertThatThrownBy(() -> new TouchpointSources(List.of(csv), null))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("a mapping (--mapping)");
    assertThatThrownBy(() -> new TouchpointSources(List.of(folder.resolve("none")), null))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("there is no such file");
  }

  @Test
  void shouldNameTheFileWhenItsArchiveIsCutOff() throws Exception {
    Path whole = packed("a.jsonl.gz", TouchpointJson.write(touchpoint("a")) + "\n");
    byte[] bytes = Files.readAllBytes(whole);
    Path cut = folder.resolve("b.jsonl.gz");
    Files.write(cut, java.util.Arrays.copyOf(bytes, bytes.length - 12));

    assertThatThrownBy(() -> read(null, cut))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(cut.toString());
  }

  private static Mapping csv() {
    return MappingLoader.parse("m.yaml", "format: csv\n" + FIELDS);
  }

  private static List<Imported> read(Mapping mapping, Path... files) throws Exception {
    List<Imported> read = new ArrayList<>();
    new TouchpointSources(List.of(files), mapping).read(2, bytes -> {}, read::add);
    return read;
  }

  private static Touchpoint touchpoint(String id) {
    return Touchpoint.builder()
        .id(id)
        .occurredAt(1_772_359_200_000L)
        .identifier("customer", "c")
        .channel(Channel.VOICE)
        .direction(Direction.INBOUND)
        .type("contact.ended")
        .build();
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private Path packed(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return file;
  }
}
