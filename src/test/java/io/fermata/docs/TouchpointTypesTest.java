package io.fermata.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.fermata.generate.Vocabulary;
import io.fermata.rules.Rule;
import io.fermata.rules.load.CanonicalJson;
import io.fermata.rules.load.RuleLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The page that documents the types, against the rules and the generator. */
class TouchpointTypesTest {

  private static final Path PAGE = Path.of("docs", "touchpoint-types.md");
  private static final Pattern ROW = Pattern.compile("\\| `([a-z.]+)` \\|.*\\|([^|]*)\\|");
  private static final Pattern NAMED =
      Pattern.compile("type == '([^']+)'|type in \\[((?:'[^']+'(?:, )?)+)\\]");

  @Test
  void shouldDocumentTheWholeVocabulary() throws IOException {
    List<String> vocabulary = new ArrayList<>(Vocabulary.TYPES);
    vocabulary.add("experience.bad");
    vocabulary.add("experience.good");
    assertThat(documented().keySet()).containsExactlyInAnyOrderElementsOf(vocabulary);
  }

  @Test
  void shouldNameTheRulesThatLookForEachType() throws IOException {
    Map<String, Set<String>> rules = new HashMap<>();
    for (Rule rule : RuleLoader.load(Path.of("rules"))) {
      Matcher named = NAMED.matcher(CanonicalJson.of(rule));
      while (named.find()) {
        String types = named.group(1) != null ? named.group(1) : named.group(2).replace("'", "");
        for (String type : List.of(types.split(", ", -1))) {
          rules.computeIfAbsent(type, ignored -> new TreeSet<>()).add(rule.id());
        }
      }
    }
    Map<String, String> documented = documented();
    assertThat(documented.keySet()).as("types that rules name").containsAll(rules.keySet());
    documented.forEach(
        (type, column) ->
            assertThat(column)
                .as("the last column of %s in %s", type, PAGE)
                .isEqualTo(String.join(" ", rules.getOrDefault(type, Set.of()))));
  }

  /** The last column of each row by its type. */
  private static Map<String, String> documented() throws IOException {
    Map<String, String> columns = new HashMap<>();
    for (String line : Files.readAllLines(PAGE)) {
      Matcher row = ROW.matcher(line);
      if (row.matches()) {
        columns.put(row.group(1), row.group(2).strip());
      }
    }
    return columns;
  }
}
