package io.fermata.generate;

import java.util.List;

/**
 * The types of touchpoint that are generated: the whole vocabulary but what the engine makes
 * itself.
 */
public final class Vocabulary {

  static final String CONTACT_RECEIVED = "contact.received";
  static final String CONTACT_ENDED = "contact.ended";
  static final String HANDOVER_REQUESTED = "handover.requested";
  static final String HANDOVER_DONE = "handover.done";
  static final String CALLBACK_PROMISED = "callback.promised";
  static final String CALLBACK_MADE = "callback.made";
  static final String COMPLAINT_FILED = "complaint.filed";
  static final String COMPLAINT_RESOLVED = "complaint.resolved";
  static final String APOLOGY_GIVEN = "apology.given";
  static final String SESSION_STARTED = "session.started";
  static final String PAGE_VIEWED = "page.viewed";
  static final String SEARCH_PERFORMED = "search.performed";
  static final String SELFSERVICE_COMPLETED = "selfservice.completed";
  static final String SELFSERVICE_FAILED = "selfservice.failed";
  static final String TASK_STARTED = "task.started";
  static final String TASK_COMPLETED = "task.completed";
  static final String TASK_ABANDONED = "task.abandoned";
  static final String CART_ABANDONED = "cart.abandoned";
  static final String ORDER_PLACED = "order.placed";
  static final String ORDER_PROMISED = "order.promised";
  static final String ORDER_DELIVERED = "order.delivered";
  static final String ORDER_STATUS_VIEWED = "order.status.viewed";
  static final String SUBSCRIPTION_ENDING = "subscription.ending";
  static final String SUBSCRIPTION_ENDED = "subscription.ended";
  static final String NOTICE_SENT = "notice.sent";
  static final String MESSAGE_SENT = "message.sent";
  static final String MESSAGE_OPENED = "message.opened";
  static final String MESSAGE_CLICKED = "message.clicked";
  static final String MESSAGE_BOUNCED = "message.bounced";
  static final String OFFER_SHOWN = "offer.shown";
  static final String OFFER_ACCEPTED = "offer.accepted";
  static final String CONSENT_WITHDRAWN = "consent.withdrawn";
  static final String MESSAGE_COMPLAINED = "message.complained";
  static final String INVOICE_SENT = "invoice.sent";
  static final String PAYMENT_LATE = "payment.late";
  static final String REMINDER_SENT = "reminder.sent";
  static final String RITUAL_DUE = "ritual.due";
  static final String RITUAL_HELD = "ritual.held";
  static final String SURVEY_SENT = "survey.sent";
  static final String SURVEY_ANSWERED = "survey.answered";

  /** Every type, in the order of the catalogue. */
  public static final List<String> TYPES =
      List.of(
          CONTACT_RECEIVED,
          CONTACT_ENDED,
          HANDOVER_REQUESTED,
          HANDOVER_DONE,
          CALLBACK_PROMISED,
          CALLBACK_MADE,
          COMPLAINT_FILED,
          COMPLAINT_RESOLVED,
          APOLOGY_GIVEN,
          SESSION_STARTED,
          PAGE_VIEWED,
          SEARCH_PERFORMED,
          SELFSERVICE_COMPLETED,
          SELFSERVICE_FAILED,
          TASK_STARTED,
          TASK_COMPLETED,
          TASK_ABANDONED,
          CART_ABANDONED,
          ORDER_PLACED,
          ORDER_PROMISED,
          ORDER_DELIVERED,
          ORDER_STATUS_VIEWED,
          SUBSCRIPTION_ENDING,
          SUBSCRIPTION_ENDED,
          NOTICE_SENT,
          MESSAGE_SENT,
          MESSAGE_OPENED,
          MESSAGE_CLICKED,
          MESSAGE_BOUNCED,
          OFFER_SHOWN,
          OFFER_ACCEPTED,
          CONSENT_WITHDRAWN,
          MESSAGE_COMPLAINED,
          INVOICE_SENT,
          PAYMENT_LATE,
          REMINDER_SENT,
          RITUAL_DUE,
          RITUAL_HELD,
          SURVEY_SENT,
          SURVEY_ANSWERED);

  private Vocabulary() {}
}
