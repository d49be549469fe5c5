package io.fermata.model;

import java.util.ArrayList;
import java.util.List;

/** Says what is wrong with a link, every reason at once; an empty list means valid. */
public final class IdentityLinkValidator {

  /** Longest name in characters. */
  public static final int MAX_NAME = 1024;

  private IdentityLinkValidator() {}

  /** The reasons why {@code link} is invalid, in field order, each one line of text. */
  public static List<String> problems(IdentityLink link) {
    List<String> problems = new ArrayList<>(0);
    if (link.id() != null) {
      if (link.id().isBlank()) {
        problems.add("id is blank, expected text or none");
      } else if (link.id().length() > TouchpointValidator.MAX_ID) {
        problems.add(
            "id has %d characters, expected at most %d"
                .formatted(link.id().length(), TouchpointValidator.MAX_ID));
      }
    }
    name(problems, "from", link.from());
    name(problems, "to", link.to());
    if (link.from().equals(link.to())) {
      problems.add("to is the same name as from, expected another");
    }
    TouchpointValidator.time(problems, "at", link.at());
    if (link.until() != null) {
      TouchpointValidator.time(problems, "until", link.until());
      if (link.until() <= link.at()) {
        problems.add(
            "until is %d ms after at, expected at least 1".formatted(link.until() - link.at()));
      }
    }
    return problems;
  }

  private static void name(List<String> problems, String field, String name) {
    int colon = name.indexOf(':');
    if (colon < 0 || name.substring(0, colon).isBlank() || name.substring(colon + 1).isBlank()) {
      problems.add(field + " is no name, expected kind:value");
    } else if (name.length() > MAX_NAME) {
      problems.add(
          "%s has %d characters, expected at most %d".formatted(field, name.length(), MAX_NAME));
    }
  }
}
