package io.fermata.journey;

import io.fermata.model.Alert;
import io.fermata.model.Journey;
import java.util.List;

/** The final views of one customer, each ordered by id. */
public record Views(List<Alert> alerts, List<Journey> journeys) {}
