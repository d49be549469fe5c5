package io.fermata.rules.load;

import io.fermata.rules.Rule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Loads rules from YAML; the format is described in {@code docs/rules.md}. */
public final class RuleLoader {

  private final Problems problems = new Problems();
  private final List<Rule> rules = new ArrayList<>();
  private final Map<String, Location> ids = new HashMap<>();

  private RuleLoader() {}

  /**
   * The rules of files and directories; of a directory those of its own {@code .yaml} and {@code
   * .yml} files, in the order of their names.
   *
   * @throws RuleProblemsException listing every problem found, with file, line and column
   */
  public static List<Rule> load(Path... paths) {
    RuleLoader loader = new RuleLoader();
    for (Path path : paths) {
      for (Path file : yamlFiles(path, loader.problems)) {
        YamlNode document = YamlReader.read(file, loader.problems);
        if (document != null) {
          loader.add(document, themeOf(file));
        }
      }
    }
    loader.problems.throwIfAny();
    return List.copyOf(loader.rules);
  }

  /**
   * The rules of one YAML text.
   *
   * @param name stands for the file in messages
   * @throws RuleProblemsException as {@link #load}
   */
  public static List<Rule> parse(String name, String yaml) {
    RuleLoader loader = new RuleLoader();
    YamlNode document = YamlReader.read(name, yaml, loader.problems);
    if (document != null) {
      loader.add(document, themeOf(Path.of(name)));
    }
    loader.problems.throwIfAny();
    return List.copyOf(loader.rules);
  }

  static List<Path> yamlFiles(Path path, Problems problems) {
    if (!Files.isDirectory(path)) {
      return List.of(path);
    }
    try (Stream<Path> entries = Files.list(path)) {
      List<Path> files =
          entries.filter(Files::isRegularFile).filter(RuleLoader::isYaml).sorted().toList();
      if (files.isEmpty()) {
        problems.add(new Location(path.toString(), 0, 0), "expected .yaml files, found none");
      }
      return files;
    } catch (IOException e) {
      problems.add(new Location(path.toString(), 0, 0), "cannot be listed: " + e.getMessage());
      return List.of();
    }
  }

  private static boolean isYaml(Path file) {
    String name = file.getFileName().toString();
    return name.endsWith(".yaml") || name.endsWith(".yml");
  }

  private static String themeOf(Path file) {
    return file.getFileName().toString().replaceFirst("\\.ya?ml$", "");
  }

  private void add(YamlNode document, String defaultTheme) {
    MappingReader file =
        new MappingReader(document, "a rule file", problems, List.of("theme", "rules"));
    String theme = file.text("theme");
    file.required("rules");
    for (YamlNode node : file.items("rules")) {
      RuleReader reader = new RuleReader(node, theme == null ? defaultTheme : theme, problems);
      Rule rule = reader.read();
      String id = reader.id();
      Location earlier = id == null ? null : ids.putIfAbsent(id, reader.idAt());
      if (earlier != null) {
        problems.add(reader.idAt(), "the id '" + id + "' is taken already, at " + earlier);
      } else if (rule != null) {
        rules.add(rule);
      }
    }
  }
}
