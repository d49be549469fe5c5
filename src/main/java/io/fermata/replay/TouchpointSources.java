package io.fermata.replay;

import io.fermata.replay.mapping.Mapping;
import io.fermata.replay.mapping.MappingException;
import io.fermata.replay.mapping.RowFormat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/**
 * Input files of touchpoints, and of links between names, read one after another, decoded on
 * several threads.
 */
public final class TouchpointSources {

  private static final int BATCH = 512;

  /** Batches under way for each thread: enough to keep it busy, few enough to hold. */
  private static final int BATCHES_PER_THREAD = 4;

  private final List<Path> files;
  private final Mapping mapping;
  private final List<Path> links;

  /**
   * @param files {@code .jsonl}, or with a mapping the kind of file it is for; each also {@code
   *     .gz}
   * @param mapping null when all files hold touchpoints as JSON lines
   * @throws InputException when a file is not there, or its kind cannot be read
   */
  public TouchpointSources(List<Path> files, Mapping mapping) {
    this(files, mapping, List.of());
  }

  /**
   * @param links files of links, {@code .jsonl} or {@code .jsonl.gz}
   */
  public TouchpointSources(List<Path> files, Mapping mapping, List<Path> links) {
    this.files = List.copyOf(files);
    this.mapping = mapping;
    this.links = List.copyOf(links);
    for (Path file : links) {
      checkReadable(file);
      if (!isJson(file)) {
        throw new InputException(file + ": expected links as .jsonl or .jsonl.gz");
      }
    }
    for (Path file : files) {
      checkReadable(file);
      if (mapping == null && !isJson(file)) {
        throw new InputException(
            file + ": expected .jsonl or .jsonl.gz, or a mapping (--mapping) for another kind");
      }
      if (mapping != null && mapping.format().kind() == RowFormat.Kind.JSONL && !isJson(file)) {
        throw new InputException(file + ": the mapping is for jsonl, expected .jsonl or .jsonl.gz");
      }
    }
  }

  private static void checkReadable(Path file) {
    if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
      throw new InputException(file + ": there is no such file, or it cannot be read");
    }
  }

  /** Size of all files in bytes. */
  public long size() throws IOException {
    long size = 0;
    for (Path file : files) {
      size += Files.size(file);
    }
    for (Path file : links) {
      size += Files.size(file);
    }
    return size;
  }

  /**
   * Reads all files.
   *
   * @param threads how many threads decode
   * @param bytesRead told how many bytes were read, for progress
   * @param sink takes what became of every record, in the order of the files and their lines, those
   *     of links first, on the calling thread
   * @throws MappingException when a file lacks a column that the mapping reads
   * @throws IOException when a file cannot be read, with its name
   */
  public void read(int threads, LongConsumer bytesRead, Consumer<Imported> sink)
      throws IOException, InterruptedException {
    ExecutorService workers = Executors.newFixedThreadPool(threads);
    try {
      int underWay = threads * BATCHES_PER_THREAD;
      for (Path file : links) {
        read(
            file,
            () -> new JsonLines(new LineSource(file, StandardCharsets.UTF_8, bytesRead)),
            source -> RecordDecoders.links(file.toString()),
            workers,
            underWay,
            sink);
      }
      for (Path file : files) {
        read(
            file,
            () -> open(file, bytesRead),
            source -> decoder(file, source),
            workers,
            underWay,
            sink);
      }
    } finally {
      workers.shutdownNow();
    }
  }

  private void read(
      Path file,
      Opening opening,
      Decoding decoding,
      ExecutorService workers,
      int underWay,
      Consumer<Imported> sink)
      throws IOException, InterruptedException {
    Deque<Future<List<Imported>>> pending = new ArrayDeque<>();
    String position = "";
    try (RecordSource source = opening.open()) {
      RecordDecoder decoder = decoding.of(source);
      List<RawRecord> batch = new ArrayList<>(BATCH);
      RawRecord record;
      while ((record = source.next()) != null) {
        position = ":" + record.line();
        batch.add(record);
        if (batch.size() == BATCH) {
          pending.add(submit(workers, decoder, batch));
          batch = new ArrayList<>(BATCH);
          if (pending.size() > underWay) {
            drain(pending.remove(), sink);
          }
        }
      }
      pending.add(submit(workers, decoder, batch));
    } catch (IOException e) {
      throw new IOException(file + position + ": cannot be read further: " + e.getMessage(), e);
    }
    while (!pending.isEmpty()) {
      drain(pending.remove(), sink);
    }
  }

  private static Future<List<Imported>> submit(
      ExecutorService workers, RecordDecoder decoder, List<RawRecord> batch) {
    return workers.submit(() -> batch.stream().map(decoder::decode).toList());
  }

  private static void drain(Future<List<Imported>> batch, Consumer<Imported> sink)
      throws InterruptedException {
    try {
      batch.get().forEach(sink);
    } catch (ExecutionException e) {
      throw new IllegalStateException("a decoder failed", e.getCause());
    }
  }

  private RecordSource open(Path file, LongConsumer bytesRead) throws IOException {
    if (isMapped(file) && mapping.format().kind() != RowFormat.Kind.JSONL) {
      return new CsvRecords(
          new LineSource(file, mapping.format().encoding(), bytesRead), mapping.format());
    }
    return new JsonLines(new LineSource(file, StandardCharsets.UTF_8, bytesRead));
  }

  private RecordDecoder decoder(Path file, RecordSource source) throws IOException {
    String name = file.toString();
    if (!isMapped(file)) {
      return RecordDecoders.touchpoints(name);
    }
    return mapping.format().kind() == RowFormat.Kind.JSONL
        ? RecordDecoders.json(name, mapping)
        : RecordDecoders.separated(name, mapping, columns(name, source));
  }

  /** Reads the header where there is one, and checks that the mapping's columns are there. */
  private List<String> columns(String file, RecordSource source) throws IOException {
    RowFormat format = mapping.format();
    List<String> columns = format.columns();
    if (format.header()) {
      RawRecord header = source.next();
      if (header == null) {
        throw new InputException(file + ":1: the file is empty, expected a header");
      }
      columns = new CsvRows(format).values(header.text());
      Set<String> seen = new HashSet<>();
      for (String column : columns) {
        if (!seen.add(column)) {
          throw new InputException(
              file + ":" + header.line() + ": the column '" + column + "' appears twice");
        }
      }
    }
    mapping.checkColumns(file, columns);
    return columns;
  }

  /** A mapping for separated values leaves JSON lines beside them as they are. */
  private boolean isMapped(Path file) {
    return mapping != null && (mapping.format().kind() == RowFormat.Kind.JSONL || !isJson(file));
  }

  private static boolean isJson(Path file) {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    return name.endsWith(".jsonl") || name.endsWith(".jsonl.gz");
  }

  @FunctionalInterface
  private interface Opening {
    RecordSource open() throws IOException;
  }

  @FunctionalInterface
  private interface Decoding {
    RecordDecoder of(RecordSource source) throws IOException;
  }

  private record JsonLines(LineSource lines) implements RecordSource {

    @Override
    public RawRecord next() throws IOException {
      return lines.next();
    }

    @Override
    public void close() throws IOException {
      lines.close();
    }
  }
}
