package io.fermata.identity;

import io.fermata.model.Identifier;
import io.fermata.model.IdentityLink;
import io.fermata.model.Touchpoint;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Puts keyed hashes in the place of identifiers' values, before anything else sees them. A
 * pseudonym is {@code ~} and the first 32 hex digits of HMAC-SHA-256 (RFC 2104, FIPS 180-4) over
 * the UTF-8 bytes of {@code kind:value}; the kind stays. A value of that form is a pseudonym
 * already and stays as it is, so that what comes back, a dead letter sent again for instance, means
 * the same customer. Placeholders stand for nobody and stay, too. Safe for threads.
 */
public final class Pseudonyms {

  /** Leaves everything as it is. */
  public static final Pseudonyms OFF = new Pseudonyms(null, IdentitySettings.DEFAULTS);

  /** Fewest bytes of a key: as many as the hash has (RFC 2104, section 3). */
  public static final int LEAST_KEY_BYTES = 32;

  private static final String ALGORITHM = "HmacSHA256";
  private static final String MARK = "~";
  private static final int DIGITS = 32;

  private final SecretKeySpec key;
  private final IdentitySettings settings;

  private Pseudonyms(SecretKeySpec key, IdentitySettings settings) {
    this.key = key;
    this.settings = settings;
  }

  /**
   * @param key at least {@link #LEAST_KEY_BYTES} bytes
   * @param settings knows the placeholders
   * @throws IllegalArgumentException when the key is too short
   */
  public static Pseudonyms keyed(byte[] key, IdentitySettings settings) {
    if (key.length < LEAST_KEY_BYTES) {
      throw new IllegalArgumentException(
          "the key of pseudonyms has %d bytes, expected at least %d"
              .formatted(key.length, LEAST_KEY_BYTES));
    }
    return new Pseudonyms(new SecretKeySpec(key, ALGORITHM), settings);
  }

  public boolean on() {
    return key != null;
  }

  /** The touchpoint with pseudonyms for its identifiers. */
  public Touchpoint of(Touchpoint touchpoint) {
    if (!on()) {
      return touchpoint;
    }
    List<Identifier> hidden = touchpoint.identifiers().stream().map(this::of).toList();
    return touchpoint.toBuilder().identifiers(hidden).build();
  }

  /** The link between pseudonyms. */
  public IdentityLink of(IdentityLink link) {
    return on()
        ? new IdentityLink(
            link.id(), name(link.from()), name(link.to()), link.at(), link.until(), link.revoked())
        : link;
  }

  /** The pseudonym of a name {@code kind:value}; what is no name stays as it is. */
  public String name(String name) {
    int colon = name.indexOf(':');
    return !on() || colon < 1
        ? name
        : of(new Identifier(name.substring(0, colon), name.substring(colon + 1))).key();
  }

  private Identifier of(Identifier identifier) {
    return settings.isPlaceholder(identifier) || isPseudonym(identifier.value())
        ? identifier
        : new Identifier(identifier.kind(), MARK + hash(identifier.key()));
  }

  private static boolean isPseudonym(String value) {
    return value.length() == MARK.length() + DIGITS
        && value.startsWith(MARK)
        && value.chars().skip(MARK.length()).allMatch(Pseudonyms::isHexDigit);
  }

  private static boolean isHexDigit(int character) {
    return (character >= '0' && character <= '9') || (character >= 'a' && character <= 'f');
  }

  private String hash(String name) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      byte[] hash = mac.doFinal(name.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, DIGITS / 2);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has " + ALGORITHM, e);
    }
  }
}
