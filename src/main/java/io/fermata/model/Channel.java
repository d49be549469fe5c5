package io.fermata.model;

/**
 * Where a touchpoint took place. {@code UNKNOWN} stands for a symbol that a newer producer wrote.
 */
public enum Channel {
  VOICE,
  IVR,
  EMAIL,
  SMS,
  PUSH,
  IN_APP,
  WEB,
  WEB_CHAT,
  CHATBOT,
  MESSENGER,
  SOCIAL,
  VIDEO,
  BRANCH,
  POST,
  PARTNER,
  OTHER,
  UNKNOWN;

  /** The constant of that name, or {@code UNKNOWN} for any other text; null stays null. */
  public static Channel parse(String name) {
    return Symbols.parse(Channel.class, name, UNKNOWN);
  }
}
