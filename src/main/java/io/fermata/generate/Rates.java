package io.fermata.generate;

import static io.fermata.generate.Units.DAY;
import static io.fermata.generate.Units.HOUR;
import static io.fermata.generate.Units.MINUTE;
import static io.fermata.generate.Units.SECOND;

/**
 * The numbers that all industries share: probabilities unless they say otherwise, times in
 * milliseconds. Those of one industry are in {@link IndustryProfile}, channel habits in {@link
 * AgeGroup}.
 */
final class Rates {

  private Rates() {}

  // Who the customers are.
  static final double TIER_HIGH = 0.15;
  static final double TIER_LOW = 0.25;
  static final double NEEDS_SPREAD = 0.45; // deviation of a customer's factor on needs and sessions
  static final String[] ZONES = {
    "Europe/Warsaw", "Europe/London", "Europe/Berlin", "America/New_York", "Asia/Tokyo"
  };
  static final double[] ZONE_SHARES = {0.84, 0.06, 0.06, 0.03, 0.01};
  static final String BRAND_ZONE = "Europe/Warsaw";
  static final double LENIENCY_DEVIATION = 0.7; // points of NPS by which customers differ
  static final double TOLERANCE_MEAN = 4.5; // unopened messages a customer puts up with
  static final double TOLERANCE_DEVIATION = 1.5;

  // When they are awake: activity by local hour, relative to the busiest.
  static final double[] DAYTIME = {
    .02, .01, .01, .01, .01, .03, .12, .35, .70, .90, 1, .95, .85, .80, .75, .75, .75, .70, .60,
    .50, .40, .28, .15, .06
  };
  static final double[] EVENINGS = {
    .03, .01, .01, .01, .01, .02, .15, .30, .35, .30, .30, .35, .50, .40, .30, .35, .50, .75, .90,
    1, .95, .70, .35, .12
  };
  static final double EVENING_PEOPLE = 0.45;
  static final double[] WEEKDAYS = {1, .92, .88, .85, .82, .55, .45};

  // The call centre: opening hours, mean wait in seconds at load 1, load by hour and day.
  static final int OPENS = 8;
  static final int CLOSES = 20;
  static final double MEAN_WAIT_SECONDS = 42;
  static final double[] LOAD = {
    .2, .2, .2, .2, .2, .2, .3, .6, 1.3, 2.0, 2.3, 2.0, 1.6, 1.4, 1.3, 1.4, 1.7, 1.9, 1.5, 1.0, .6,
    .4, .3, .2
  };
  static final double[] DAY_LOAD = {1.35, 1.05, 1, .95, 1.0, .8, .7};
  static final double OUTAGE_DAY = 0.05; // days on which the brand is overrun
  static final double OUTAGE_LOAD = 3;
  static final double PATIENCE_MEAN_SECONDS = 420; // until a waiting caller hangs up
  static final double IVR_SETTLES = 0.35; // of what self service would settle
  static final double CUSTOMERS_PER_AGENT = 150;

  // Conversations.
  static final double[] TRANSFERS = {0.84, 0.12, 0.03, 0.008, 0.002}; // 0, 1, 2, 3, 4 times
  static final double TRANSFER_COSTS_EASE = 0.12; // chance of settling lost with each transfer
  static final double HURRIED = 0.06; // agents who close a case to be rid of it
  static final double HURRIED_COMES_BACK = 0.65;
  static final double COMES_BACK = 0.04; // after a case settled properly
  static final double PASSED_ON = 0.03; // ends by a transfer instead of an outcome
  static final double UNFRIENDLY = 0.015;
  static final double OPENS_CASE = 0.6;
  static final double GIVES_UP = 0.14; // after a contact that settled nothing
  static final int MOST_CONTACTS = 6;
  static final double CALLBACK_PROMISED = 0.22; // after an unsettled call or chat
  static final double CALLBACK_KEPT = 0.84;

  // Bots: what follows a dead end.
  static final double BOT_ABANDONED = 0.35; // the rest of the unresolved are told so
  static final double ASKS_FOR_HUMAN = 0.40;
  static final double HANDOVER_WORKS = 0.90;
  static final double TRIES_BOT_AGAIN = 0.25;
  static final double CALLS_AT_ONCE = 0.20; // the rest come back later

  // Letters.
  static final long ANSWER_MEAN = 11 * HOUR;
  static final double NEVER_ANSWERED = 0.03;

  // Complaints, after so many contacts.
  static final double[] COMPLAINS = {0, 0.02, 0.10, 0.30, 0.45, 0.6, 0.6};
  static final double APOLOGY = 0.6;
  static final double COMPLAINT_FORGOTTEN = 0.08;
  static final long COMPLAINT_MEAN = 42 * HOUR;

  // Self service and tasks.
  static final double NOTHING_FOUND = 0.18; // searches without a result
  static final double ASKS_AT_ONCE = 0.65; // after a failed search
  static final long TASK_GOAL = 2 * HOUR;
  static final double TASK_ABANDONED = 0.45; // of those that fail
  static final double APP = 0.55; // of sessions, the rest on the web

  // Marketing.
  static final double INTEREST_LOW = 0.10; // share of messages opened by the least interested
  static final double INTEREST_HIGH = 0.65;
  static final double CLICKED = 0.22; // of those opened
  static final double BOUNCED = 0.008;
  static final double BUSY_WEEK = 0.18; // weeks in which a brand sends more
  static final double BUSY_WEEK_MESSAGES = 3.5; // so many times as much
  static final double ANNOYED = 0.3; // per message above the tolerance: a bad experience
  static final long ANNOYANCE_HALF_LIFE = 5 * DAY;
  static final double WITHDRAWS = 0.12; // per message above the tolerance
  static final double COMPLAINS_OF_SPAM = 0.25; // of those who withdraw
  static final double OFFER_ACCEPTED = 0.12;
  static final double CART_REMINDER = 0.8;
  static final double SECOND_CART_REMINDER = 0.5;
  static final double CART_RESCUED = 0.15;
  // EMAIL, PUSH, SMS, IN_APP, MESSENGER, VOICE, POST
  static final double[] MARKETING_CHANNELS = {0.52, 0.22, 0.12, 0.07, 0.03, 0.01, 0.03};

  // Browsing.
  static final int MOST_PAGES = 5;
  static final double SEARCHES = 0.14; // of a session's pages
  static final double OFFERS = 0.10;
  static final double SELF_SERVES = 0.16;
  static final double SELF_SERVICE_WORKS = 0.95;

  // Orders.
  static final double DELIVERED_LATE = 0.06;
  static final double LOOKS_UP_ORDER = 0.55;
  static final double CALLS_ABOUT_ORDER = 0.07; // after looking it up
  static final double CALLS_ABOUT_LATE_ORDER = 0.5;

  // Invoices, subscriptions, rituals, security.
  static final double PAYS_LATE = 0.06;
  static final double HARSH_REMINDER = 0.04;
  static final double NOTICE_TOO_LATE = 0.05;
  static final double SUBSCRIPTION_ENDS = 0.25; // the rest is renewed
  static final double RITUAL_HELD = 0.92;
  static final double SECURITY_BY_SMS = 0.03;

  // Surveys: what is asked after a contact (NPS, CSAT, CES), and who answers.
  static final double[] SURVEY_KINDS = {0.45, 0.33, 0.22};
  static final long SURVEY_PAUSE = 30 * DAY;
  static final double SURVEYED_TOO_OFTEN = 0.03; // in spite of the pause
  static final double ANSWERS_BASE = 0.22;
  static final double ANSWERS_PER_POINT = 0.12; // and this for every point away from the usual mood
  static final double ANSWERS_MOST = 0.75;
  static final double DETRACTOR_CALLED = 0.5;

  // Surveys: the answers. Pillar scores are 0..100, 50 at the start; in the order of Pillar.
  static final double NPS_BASE = 7.6;
  static final double[] NPS_PER_PILLAR_POINT = {0.030, 0.035, 0.020, 0.030, 0.015, 0.025};
  static final double NPS_NOISE = 1.1;
  static final double MEASURED_NPS_BASE = 6.5; // where a meter says how pillars stand
  static final double CSAT_BASE = 3.9;
  static final double CSAT_PER_QUALITY = 0.9; // quality of the journey asked about, -2 .. 1
  static final double CSAT_PER_NPS_POINT = 0.15; // of mood above the usual
  static final double CSAT_NOISE = 0.6;
  static final double CES_BASE = 6.4; // 7 = easy
  static final double CES_PER_EFFORT = 0.8; // off for every point of effort above 1
  static final double CES_NOISE = 0.7;

  // Memory of experiences, as in the catalogue's pillar score.
  static final double MEMORY_HALF_LIFE = 90 * (double) DAY;
  static final double BAD_WEIGHS = 4;
  static final double PILLAR_WIDTH = 8;
  static final double[] SEVERITY_WEIGHTS = {0.5, 1, 2, 3};

  // Arrival of late touchpoints and of duplicates.
  static final double LATE_MINUTES = 0.72; // the rest hours and days
  static final double LATE_HOURS = 0.20;
  static final long LATE_MINUTES_MEAN = 6 * MINUTE;
  static final long LATE_MOST = 6 * DAY;
  static final long DUPLICATE_MEAN = 90 * SECOND;

  // Anonymous visitors.
  static final double NEVER_LOGS_IN = 0.15;
  static final double SHARED_DEVICE = 0.06; // pairs of customers with one cookie

  // Injected incidents.
  static final long INCIDENT_MARGIN = HOUR; // before the end, so that its deadline has passed
}
