package io.fermata.replay;

import io.fermata.replay.mapping.Row;
import io.fermata.replay.mapping.RowFormat;
import java.io.IOException;
import java.io.StringReader;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** Reads one record of separated values at a time. */
final class CsvRows {

  private final CSVFormat format;

  CsvRows(RowFormat rows) {
    this.format =
        CSVFormat.RFC4180
            .builder()
            .setDelimiter(rows.separator())
            .setQuote(rows.quote())
            .setRecordSeparator('\n')
            .setIgnoreEmptyLines(false)
            .get();
  }

  /**
   * The values of a record.
   *
   * @throws IOException when its quotes are wrong
   */
  List<String> values(String record) throws IOException {
    try (CSVParser parser = CSVParser.parse(new StringReader(record), format)) {
      List<CSVRecord> records = parser.getRecords();
      if (records.size() != 1) {
        throw new IOException("the record holds " + records.size() + " rows, expected one");
      }
      return records.get(0).toList();
    } catch (java.io.UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /**
   * A record by column name.
   *
   * @throws IOException when its quotes are wrong or it has more or fewer values than columns
   */
  Row row(String record, List<String> columns) throws IOException {
    List<String> values = values(record);
    if (values.size() != columns.size()) {
      throw new IOException(
          "the row has " + values.size() + " values, expected " + columns.size() + " as columns");
    }
    Map<String, Object> row = new HashMap<>(columns.size() * 2);
    for (int i = 0; i < columns.size(); i++) {
      row.put(columns.get(i), values.get(i));
    }
    return new Row(row);
  }
}
