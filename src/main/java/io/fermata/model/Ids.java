package io.fermata.model;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Derived ids: the same content always gives the same id. */
public final class Ids {

  private static final HexFormat HEX = HexFormat.of();

  private static final ThreadLocal<MessageDigest> SHA_256 =
      ThreadLocal.withInitial(
          () -> {
            try {
              return MessageDigest.getInstance("SHA-256");
            } catch (NoSuchAlgorithmException e) {
              throw new IllegalStateException("every Java platform has SHA-256", e);
            }
          });

  private Ids() {}

  /** First 32 hex digits of SHA-256 over {@code rule \n customer \n subject \n anchor}. */
  public static String alert(String rule, String customer, String subject, String anchor) {
    return sha256(rule + '\n' + customer + '\n' + subject + '\n' + anchor, 32);
  }

  /** First 32 hex digits of SHA-256 over {@code journey \n customer \n subject \n first id}. */
  public static String journey(String customer, String subject, String firstTouchpoint) {
    return sha256("journey\n" + customer + '\n' + subject + '\n' + firstTouchpoint, 32);
  }

  /**
   * First 32 hex digits of SHA-256 over {@code survey \n customer \n kind \n about}; where the
   * survey is about nothing, over {@code survey \n customer \n kind \n \n answer}, the id of the
   * touchpoint that answers.
   */
  public static String response(String customer, ScoreKind kind, String about, String answer) {
    String survey = "survey\n" + customer + '\n' + kind.name() + '\n';
    return sha256(survey + (about == null ? '\n' + answer : about), 32);
  }

  /** First 32 hex digits of SHA-256 over {@code sent \n customer \n id \n epoch milliseconds}. */
  public static String surveySent(String customer, Position touchpoint) {
    return sha256("sent\n" + customer + '\n' + touchpoint.id() + '\n' + touchpoint.at(), 32);
  }

  /**
   * First 32 hex digits of SHA-256 over {@code score-alert \n kind \n dimension \n value \n window
   * \n epoch milliseconds}.
   */
  public static String scoreAlert(
      ScoreKind kind, String dimension, String value, String window, long asOf) {
    return sha256(
        String.join(
            "\n", "score-alert", kind.name(), dimension, value, window, Long.toString(asOf)),
        32);
  }

  /** The first {@code digits} lower-case hex digits of SHA-256 over the UTF-8 bytes of a text. */
  public static String sha256(String text, int digits) {
    byte[] hash = SHA_256.get().digest(text.getBytes(StandardCharsets.UTF_8));
    return HEX.formatHex(hash, 0, digits / 2);
  }
}
