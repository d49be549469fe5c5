package io.fermata.generate;

import io.fermata.model.Area;
import java.util.List;

/**
 * The numbers of one industry. Rates are per customer.
 *
 * @param needsPerMonth needs that arise, of which journeys come
 * @param sessionsPerWeek visits to the web site or the app without a need behind them
 * @param messagesPerWeek marketing messages sent to an average customer
 * @param orders chance that a session ends in an order, as {@code carts} in an abandoned cart
 * @param invoices whether there is a monthly invoice
 * @param subscription topic of a yearly subscription, or null
 * @param securityPerMonth security messages
 * @param ritual topic of a recurring meeting or summary, every {@code ritualDays} days, due within
 *     {@code ritualDueDays}
 * @param campaigns names that, with the week, make a campaign
 * @param offers topics of what is offered
 * @param selfService topics that customers settle alone
 */
record IndustryProfile(
    double needsPerMonth,
    double sessionsPerWeek,
    double messagesPerWeek,
    double orders,
    double carts,
    boolean invoices,
    String subscription,
    double securityPerMonth,
    String ritual,
    int ritualDays,
    int ritualDueDays,
    List<Need> needs,
    List<String> campaigns,
    List<String> offers,
    List<String> selfService) {

  private static final IndustryProfile
      TELECOM =
          new IndustryProfile(
              1.6,
              1.3,
              1.5,
              0.01,
              0.01,
              true,
              "mobile-plan",
              0.05,
              "monthly-summary",
              30,
              3,
              List.of(
                  //        topic               area        weight task human  bot  self hours
                  // seconds
                  new Need("no-signal", Area.PRODUCT, 20, false, 0.62, 0.25, 0.20, 8, 420),
                  new Need("invoice-question", Area.BILLING, 26, false, 0.82, 0.40, 0.45, 30, 300),
                  new Need("roaming", Area.SERVICE, 12, false, 0.86, 0.60, 0.60, 12, 240),
                  new Need("device-fault", Area.PRODUCT, 14, false, 0.55, 0.15, 0.15, 20, 540),
                  new Need("plan-change", Area.SALES, 14, true, 0.88, 0.35, 0.62, 40, 380),
                  new Need("sim-swap", Area.SERVICE, 8, true, 0.90, 0.30, 0.58, 10, 260)),
              List.of("more-data", "new-phone", "family-plan", "fibre"),
              List.of("extra-data", "phone-upgrade", "fibre-300", "tv-bundle"),
              List.of("data-balance", "top-up", "bill-download")),
      BANK =
          new IndustryProfile(
              1.4,
              2.2,
              1.1,
              0,
              0,
              true,
              null,
              0.25,
              "quarterly-review",
              91,
              7,
              List.of(
                  new Need("card-blocked", Area.SERVICE, 20, false, 0.84, 0.30, 0.30, 3, 280),
                  new Need("transfer-failed", Area.PRODUCT, 18, false, 0.74, 0.25, 0.25, 6, 360),
                  new Need("login-problem", Area.PRODUCT, 16, false, 0.82, 0.45, 0.35, 4, 240),
                  new Need("fee-question", Area.BILLING, 18, false, 0.72, 0.40, 0.40, 36, 300),
                  new Need("credit", Area.SALES, 14, true, 0.78, 0.20, 0.50, 48, 600),
                  new Need("account-opening", Area.SALES, 6, true, 0.86, 0.25, 0.60, 48, 500)),
              List.of("savings-rate", "credit-card", "insurance", "mortgage"),
              List.of("cash-loan", "gold-card", "savings-5", "home-insurance"),
              List.of("balance", "transfer", "statement-download")),
      SHOP =
          new IndustryProfile(
              1.2,
              1.9,
              2.0,
              0.14,
              0.12,
              false,
              "delivery-pass",
              0.05,
              "loyalty-summary",
              91,
              5,
              List.of(
                  new Need("order-status", Area.SERVICE, 26, false, 0.84, 0.60, 0.55, 10, 180),
                  new Need("refund", Area.BILLING, 20, false, 0.66, 0.25, 0.25, 40, 300),
                  new Need("damaged-goods", Area.PRODUCT, 14, false, 0.68, 0.10, 0.15, 16, 380),
                  new Need("delivery-change", Area.SERVICE, 14, false, 0.78, 0.45, 0.50, 6, 220),
                  new Need("size-advice", Area.SALES, 12, false, 0.90, 0.60, 0.50, 24, 200),
                  new Need("return", Area.SERVICE, 14, true, 0.86, 0.40, 0.70, 30, 240)),
              List.of("sale", "new-arrivals", "last-chance", "members-only"),
              List.of("two-for-one", "gift-wrapping", "seasonal-set", "members-price"),
              List.of("invoice-download", "address-change", "return-label"));

  static IndustryProfile of(Industry industry) {
    return switch (industry) {
      case TELECOM -> TELECOM;
      case BANK -> BANK;
      case SHOP -> SHOP;
    };
  }
}
