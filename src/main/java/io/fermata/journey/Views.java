package io.fermata.journey;

import io.fermata.model.Alert;
import io.fermata.model.ContactGuidance;
import io.fermata.model.Journey;
import io.fermata.model.SurveyResponse;
import io.fermata.model.SurveySent;
import java.util.List;

/**
 * The final views of one customer, each ordered by id.
 *
 * @param guidance one per customer, none before the first touchpoint
 * @param sent the surveys that the customer was sent
 */
public record Views(
    List<Alert> alerts,
    List<Journey> journeys,
    List<ContactGuidance> guidance,
    List<SurveyResponse> responses,
    List<SurveySent> sent) {}
