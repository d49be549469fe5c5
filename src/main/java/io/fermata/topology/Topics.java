package io.fermata.topology;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;

/**
 * The topics of the contract, read from {@code topics.yaml}, under a configured prefix.
 *
 * @param prefix put before every suffix
 * @param specs every topic, in the order of the file
 */
public record Topics(String prefix, List<TopicSpec> specs) {

  public static final String TOUCHPOINTS = "touchpoints";
  public static final String IDENTITY_LINKS = "identity-links";
  public static final String INBOX = "inbox";
  public static final String ALERTS = "alerts";
  public static final String ALERTS_LATEST = "alerts-latest";
  public static final String JOURNEYS = "journeys";
  public static final String CONTACT_GUIDANCE = "contact-guidance";
  public static final String CONTACT_DECISIONS = "contact-decisions";
  public static final String SURVEY_RESPONSES = "survey-responses";
  public static final String SURVEYS_SENT = "surveys-sent";
  public static final String SCORE_DELTAS = "score-deltas";
  public static final String SCORES = "scores";
  public static final String DRIVERS = "drivers";
  public static final String SCORE_COMPARISONS = "score-comparisons";
  public static final String SCORE_ALERTS = "score-alerts";
  public static final String PILLAR_DELTAS = "pillar-deltas";
  public static final String PILLARS = "pillars";
  public static final String DEAD_LETTERS = "dead-letters";
  public static final String ERASURES = "erasures";
  public static final String ERASED = "erased";

  private static final String RESOURCE = "topics.yaml";

  public Topics {
    specs = List.copyOf(specs);
  }

  /** The contract's topics under a prefix. */
  public static Topics withPrefix(String prefix) {
    try (InputStream input = Topics.class.getResourceAsStream(RESOURCE)) {
      if (input == null) {
        throw new IllegalStateException(RESOURCE + " is not in the build");
      }
      return new Topics(prefix, mapper().readValue(input, Document.class).topics());
    } catch (IOException e) {
      throw new UncheckedIOException(RESOURCE + " cannot be read", e);
    }
  }

  private static ObjectMapper mapper() {
    SimpleModule durations = new SimpleModule();
    durations.addDeserializer(Duration.class, new IsoDuration());
    return YAMLMapper.builder()
        .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
        .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
        .addModule(durations)
        .build();
  }

  /**
   * The full name of a topic.
   *
   * @param suffix one of the constants of this class
   */
  public String name(String suffix) {
    return spec(suffix).name(prefix);
  }

  public TopicSpec spec(String suffix) {
    return specs.stream()
        .filter(spec -> spec.suffix().equals(suffix))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no topic " + suffix));
  }

  private record Document(List<TopicSpec> topics) {}

  private static final class IsoDuration extends JsonDeserializer<Duration> {
    @Override
    public Duration deserialize(JsonParser parser, DeserializationContext context)
        throws IOException {
      return Duration.parse(parser.getText());
    }
  }
}
