package io.fermata.replay.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class MappingLoaderTest {

  private static final String LEAST =
      """
      format: csv
      constants: {channel: VOICE, direction: INBOUND, type: contact.ended}
      fields:
        id: id
        occurredAt: at
      identifiers:
        - {kind: customer, value: who}
      """;

  @Test
  void shouldReadTheLeastMapping() {
    Mapping mapping = MappingLoader.parse("m.yaml", LEAST);

    assertThat(mapping.format())
        .isEqualTo(
            new RowFormat(RowFormat.Kind.CSV, true, List.of(), ',', '"', StandardCharsets.UTF_8));
  }

  @Test
  void shouldReadTheFormat() {
    Mapping mapping =
        MappingLoader.parse(
            "m.yaml",
            LEAST.replace(
                "format: csv",
                "format: csv\nheader: false\ncolumns: [id, at, who]\nseparator: ';'\n"
                    + "quote: none\nencoding: ISO-8859-2"));

    assertThat(mapping.format().header()).isFalse();
    assertThat(mapping.format().columns()).containsExactly("id", "at", "who");
    assertThat(mapping.format().separator()).isEqualTo(';');
    assertThat(mapping.format().quote()).isNull();
    assertThat(mapping.format().encoding().name()).isEqualTo("ISO-8859-2");
  }

  @Test
  void shouldSuggestAKeyWhenOneIsUnknown() {
    assertThat(problems(LEAST.replace("fields:", "feilds:")))
        .contains("m.yaml:3:1: unknown key 'feilds' in the mapping; did you mean 'fields'?");
    assertThat(problems(LEAST.replace("channel: VOICE", "channel: VOICE, chanel: SMS")))
        .contains("m.yaml:2:29: unknown key 'chanel' in constants; did you mean 'channel'?");
    assertThat(problems(LEAST.replace("value: who", "value: who, wenn: 'true'")))
        .contains("m.yaml:7:34: unknown key 'wenn' in an identifier; did you mean 'when'?");
  }

  @Test
  void shouldSuggestASymbolWhenAConstantIsUnknown() {
    assertThat(problems(LEAST.replace("VOICE", "VOIC")))
        .containsExactly("m.yaml:2:22: channel: 'VOIC' is unknown; did you mean 'VOICE'?");
  }

  @Test
  void shouldLocateAnExpressionThatDoesNotParse() {
    assertThat(problems(LEAST.replace("id: id", "id: \"'a' + \"")))
        .singleElement()
        .asString()
        .startsWith("m.yaml:4:14: mismatched input");
  }

  @Test
  void shouldLocateAnExpressionOfSeveralLines() {
    assertThat(problems(LEAST.replace("  id: id\n", "  id: |\n    id +\n      frist(at)\n")))
        .containsExactly(
            "m.yaml:6:12: there is no function 'frist'; known: hash, millis, nextDay, seconds, time");
  }

  @Test
  void shouldRefuseAnExpressionOfTheWrongType() {
    assertThat(problems(LEAST.replace("id: id", "id: id\n  waitSeconds: \"at == 'x'\"")))
        .containsExactly("m.yaml:5:17: waitSeconds gets bool, expected a whole number");
    assertThat(problems(LEAST.replace("fields:", "skip: [\"at + 'x'\"]\nfields:")))
        .containsExactly("m.yaml:3:9: skip gets string, expected true or false");
  }

  @Test
  void shouldRefuseAZoneOrAPatternThatIsNone() {
    assertThat(
            problems(
                LEAST.replace(
                    "occurredAt: at", "occurredAt: \"time(at, 'yyyy-MM-dd', 'Europe/Warsw')\"")))
        .singleElement()
        .asString()
        .startsWith("m.yaml:5:39: 'Europe/Warsw' is no time zone");
    assertThat(problems(LEAST.replace("occurredAt: at", "occurredAt: \"time(at, 'jjjj', 'UTC')\"")))
        .singleElement()
        .asString()
        .startsWith("m.yaml:5:25: Unknown pattern letter: j");
  }

  @Test
  void shouldRefuseAStepBeforeItsDefinition() {
    assertThat(problems(LEAST.replace("fields:", "let:\n  a: b\n  b: at\n  c: c + 'x'\nfields:")))
        .containsExactly(
            "m.yaml:4:6: let.b is defined further down, expected it before its use",
            "m.yaml:6:6: let.c uses itself");
  }

  @Test
  void shouldListEveryMistakeInTheOrderOfTheFile() {
    assertThat(problems("format: cvs\nskip: no\n"))
        .containsExactly(
            "m.yaml:1:1: 'identifiers' is missing, expected a list of {kind, value, when}",
            "m.yaml:1:1: 'id' is not mapped, expected it in constants or fields",
            "m.yaml:1:1: 'occurredAt' is not mapped, expected it in constants or fields",
            "m.yaml:1:1: 'channel' is not mapped, expected it in constants or fields",
            "m.yaml:1:1: 'direction' is not mapped, expected it in constants or fields",
            "m.yaml:1:1: 'type' is not mapped, expected it in constants or fields",
            "m.yaml:1:9: there is no format 'cvs'; known: csv, jsonl, tsv",
            "m.yaml:2:7: skip is 'no', expected a list");
  }

  @Test
  void shouldRefuseWhatIsNoYaml() {
    assertThat(problems("")).containsExactly("m.yaml:1:1: the file is empty, expected a mapping");
    assertThat(problems("format: [")).singleElement().asString().startsWith("m.yaml:1:");
    assertThat(problems("format: csv\nformat: tsv\n"))
        .singleElement()
        .asString()
        .startsWith("m.yaml:2:");
  }

  @Test
  void shouldSayWhichColumnsAFileLacks() {
    Mapping mapping =
        MappingLoader.parse("m.yaml", LEAST.replace("value: who", "value: \"row['w-o'] + id\""));

    mapping.checkColumns("calls.csv", List.of("id", "at", "w-o"));
    assertThatThrownBy(() -> mapping.checkColumns("calls.csv", List.of("id", "att", "who")))
        .isInstanceOf(MappingException.class)
        .hasMessage(
            "m.yaml:5:15: there is no column 'at' in calls.csv; did you mean 'att'?\n"
                + "m.yaml:7:30: there is no column 'w-o' in calls.csv; did you mean 'who'?");
  }

  @Test
  void shouldNameAFileThatIsNotThere() {
    assertThatThrownBy(() -> MappingLoader.load(Path.of("no", "such.yaml")))
        .isInstanceOf(MappingException.class)
        .hasMessageContaining("such.yaml:1:1: cannot be read");
  }

  private static List<String> problems(String yaml) {
    try {
      MappingLoader.parse("m.yaml", yaml);
      return List.of();
    } catch (MappingException e) {
      return e.problems().stream().map(MappingProblem::toString).toList();
    }
  }
}
