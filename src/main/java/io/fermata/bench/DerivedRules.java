package io.fermata.bench;

import io.fermata.rules.PlannedRule;
import io.fermata.rules.Rule;
import io.fermata.rules.cel.RuleCompiler;
import io.fermata.rules.load.CanonicalJson;
import io.fermata.rules.load.RuleLoader;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A rule set of any size made from another, as that of a large brand would be: copies of the rules
 * for many lines of business, each with touchpoint types of its own. One copy in ten is for all
 * lines, and narrowed by a topic instead. Rules on experiences and rules that any type of
 * touchpoint can begin, which are few in any set and for all lines as they are, are not copied.
 */
public final class DerivedRules {

  /** One copy in so many is for all lines. */
  private static final int SHARED = 10;

  private static final Pattern ID = Pattern.compile("\"id\":\"([^\"]+)\"");
  private static final Pattern TYPE = Pattern.compile("'([a-z]+(?:\\.[a-z]+)+)'");
  private static final Pattern BEGINS =
      Pattern.compile("\"(where|first|after)\":\"((?:[^\"\\\\]|\\\\.)*)\"");

  private DerivedRules() {}

  /**
   * The rules themselves and as many copies as it takes.
   *
   * @param count at least 1; with fewer than there are rules, the first of them
   */
  public static List<Rule> of(List<Rule> rules, int count) {
    List<Rule> all = new ArrayList<>(rules.subList(0, Math.min(rules.size(), count)));
    List<Rule> copied = copied(rules);
    for (int copy = 1; all.size() < count; copy++) {
      for (int i = 0; i < copied.size() && all.size() < count; i++) {
        all.add(copy(copied.get(i), copy));
      }
    }
    return all;
  }

  /** How many copies of each rule there are, the rules themselves included. */
  public static int lines(List<Rule> rules, int count) {
    return 1 + Math.max(0, count - rules.size()) / copied(rules).size();
  }

  private static List<Rule> copied(List<Rule> rules) {
    return rules.stream().filter(rule -> !rule.onExperiences() && !beginsWithAny(rule)).toList();
  }

  /** Whether a touchpoint of a type that no rule names can begin it. */
  private static boolean beginsWithAny(Rule rule) {
    return RuleCompiler.compile(List.of(rule)).forTouchpoint("unnamed").stream()
        .anyMatch(PlannedRule::canStart);
  }

  /** The type that touchpoints of a type have in a line of business; 0 is the rules' own. */
  static String typeIn(String type, int line) {
    return line % SHARED == 0 ? type : type + ".l" + line;
  }

  private static Rule copy(Rule rule, int copy) {
    String json = CanonicalJson.of(rule);
    json = ID.matcher(json).replaceFirst("\"id\":\"$1-l" + copy + "\"");
    json =
        copy % SHARED == 0
            ? BEGINS.matcher(json).replaceFirst("\"$1\":\"($2) && topic == 'l" + copy + "'\"")
            : TYPE.matcher(json).replaceAll(type -> "'" + typeIn(type.group(1), copy) + "'");
    return RuleLoader.parse("derived.yaml", "{\"rules\":[" + json + "]}").get(0);
  }
}
