package io.fermata.oracle;

import io.fermata.model.Alert;
import io.fermata.model.ContactGuidance;
import io.fermata.model.Journey;
import java.util.Map;

/** The final views of one customer by id, guidance by customer. */
record OracleViews(
    Map<String, Alert> alerts,
    Map<String, Journey> journeys,
    Map<String, ContactGuidance> guidance) {}
