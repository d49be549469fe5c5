package io.fermata.runtime.config;

/** What stands for identifiers in everything that is kept and published. */
@Section("What stands for identifiers in everything that is kept and published.")
public record PrivacyConfig(
    @Property(
            doc =
                "`on` puts keyed hashes in the place of identifiers, in all state and outputs; see"
                    + " pseudonyms.md. To be set before the first touchpoint.",
            defaultValue = OFF,
            oneOf = {OFF, "on"})
        String pseudonyms,
    @Property(
            doc = "File with the key of the hashes: at least 32 bytes of text.",
            defaultValue = "")
        String pseudonymKeyFile,
    @Property(
            doc =
                "The key itself instead; best given as the environment variable"
                    + " `FERMATA_PRIVACY_PSEUDONYM_KEY`.",
            defaultValue = "")
        String pseudonymKey) {

  /** Identifiers as they come. */
  public static final String OFF = "off";
}
