package io.fermata.replay;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.fermata.codec.json.IdentityLinkJson;
import io.fermata.codec.json.MalformedLinkException;
import io.fermata.codec.json.MalformedTouchpointException;
import io.fermata.codec.json.TouchpointJson;
import io.fermata.model.DeadLetterReason;
import io.fermata.model.Touchpoint;
import io.fermata.replay.mapping.MappedRow;
import io.fermata.replay.mapping.Mapping;
import io.fermata.replay.mapping.Row;
import java.io.IOException;
import java.util.List;

/** Makes the decoders of each kind of file. */
final class RecordDecoders {

  private RecordDecoders() {}

  /** Touchpoints as JSON lines, in the contract's own fields. */
  static RecordDecoder touchpoints(String file) {
    return checked(
        file,
        record -> {
          try {
            return valid(file, record, TouchpointJson.read(record.text()));
          } catch (MalformedTouchpointException e) {
            return dead(file, record, e.code(), String.join("; ", e.reasons()));
          }
        });
  }

  /** Links as JSON lines. */
  static RecordDecoder links(String file) {
    return checked(
        file,
        record -> {
          try {
            return new Imported.Linked(IdentityLinkJson.read(record.text()), file, record.line());
          } catch (MalformedLinkException e) {
            return dead(file, record, e.code(), e.getMessage());
          }
        });
  }

  /** Foreign JSON lines. */
  static RecordDecoder json(String file, Mapping mapping) {
    return checked(
        file,
        record -> {
          try {
            return mapped(file, record, mapping.map(JsonRows.row(record.text())));
          } catch (JsonProcessingException e) {
            String where =
                e.getLocation() == null ? "" : "column " + e.getLocation().getColumnNr() + ": ";
            String what = e.getOriginalMessage().lines().findFirst().orElse("no JSON");
            return dead(file, record, DeadLetterReason.UNDECODABLE, where + what);
          } catch (IOException e) {
            return dead(file, record, DeadLetterReason.UNDECODABLE, "no JSON: " + e.getMessage());
          }
        });
  }

  /** Separated values with these columns. */
  static RecordDecoder separated(String file, Mapping mapping, List<String> columns) {
    CsvRows rows = new CsvRows(mapping.format());
    return checked(
        file,
        record -> {
          Row row;
          try {
            row = rows.row(record.text(), columns);
          } catch (IOException e) {
            return dead(file, record, DeadLetterReason.UNDECODABLE, e.getMessage());
          }
          return mapped(file, record, mapping.map(row));
        });
  }

  private static RecordDecoder checked(String file, RecordDecoder decoder) {
    return record -> {
      if (!record.complete()) {
        return dead(
            file,
            record,
            DeadLetterReason.TOO_LARGE,
            "the record has over " + LineSource.MAX_LENGTH + " characters");
      }
      if (!record.isDecoded()) {
        return dead(
            file,
            record,
            DeadLetterReason.UNDECODABLE,
            "character "
                + (record.text().indexOf(RawRecord.NOT_DECODED) + 1)
                + ": bytes that are no text in the file's encoding");
      }
      return decoder.decode(record);
    };
  }

  private static Imported mapped(String file, RawRecord record, MappedRow row) {
    if (row instanceof MappedRow.Mapped mapped) {
      return valid(file, record, mapped.touchpoint());
    }
    return row instanceof MappedRow.Bad bad
        ? dead(file, record, DeadLetterReason.INVALID, String.join("; ", bad.problems()))
        : new Imported.Skipped(file, record.line());
  }

  private static Imported valid(String file, RawRecord record, Touchpoint touchpoint) {
    int size = EncodedSize.atLeastIfOver(touchpoint);
    return size <= EncodedSize.LIMIT
        ? new Imported.Valid(touchpoint, file, record.line())
        : dead(
            file,
            record,
            DeadLetterReason.TOO_LARGE,
            "the encoded touchpoint has " + size + " bytes, expected at most " + EncodedSize.LIMIT);
  }

  private static Imported dead(
      String file, RawRecord record, DeadLetterReason reason, String detail) {
    return new Imported.DeadLetter(reason, detail, file, record.line(), record.printable());
  }
}
