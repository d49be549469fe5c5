package io.fermata.topology;

/**
 * The names of the topics.
 *
 * @param prefix before every name, {@code fermata.} by default
 */
public record TopicNames(String prefix) {

  public String touchpoints() {
    return prefix + Topics.TOUCHPOINTS;
  }

  public String identityLinks() {
    return prefix + Topics.IDENTITY_LINKS;
  }

  public String inbox() {
    return prefix + Topics.INBOX;
  }

  public String alerts() {
    return prefix + Topics.ALERTS;
  }

  public String alertsLatest() {
    return prefix + Topics.ALERTS_LATEST;
  }

  public String journeys() {
    return prefix + Topics.JOURNEYS;
  }

  public String contactGuidance() {
    return prefix + Topics.CONTACT_GUIDANCE;
  }

  public String contactDecisions() {
    return prefix + Topics.CONTACT_DECISIONS;
  }

  public String surveyResponses() {
    return prefix + Topics.SURVEY_RESPONSES;
  }

  public String surveysSent() {
    return prefix + Topics.SURVEYS_SENT;
  }

  public String scoreDeltas() {
    return prefix + Topics.SCORE_DELTAS;
  }

  public String scores() {
    return prefix + Topics.SCORES;
  }

  public String drivers() {
    return prefix + Topics.DRIVERS;
  }

  public String scoreComparisons() {
    return prefix + Topics.SCORE_COMPARISONS;
  }

  public String scoreAlerts() {
    return prefix + Topics.SCORE_ALERTS;
  }

  public String pillarDeltas() {
    return prefix + Topics.PILLAR_DELTAS;
  }

  public String pillars() {
    return prefix + Topics.PILLARS;
  }

  public String deadLetters() {
    return prefix + Topics.DEAD_LETTERS;
  }

  public String erasures() {
    return prefix + Topics.ERASURES;
  }

  public String erased() {
    return prefix + Topics.ERASED;
  }
}
