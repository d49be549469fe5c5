package io.fermata.journey;

import io.fermata.model.Area;
import io.fermata.model.Channel;
import io.fermata.model.SurveyResponse;
import io.fermata.model.Touchpoint;

/** What an answer takes from the touchpoint that its survey asked about. */
record About(Channel channel, Area area, String topic, String campaign) {

  static About of(Touchpoint touchpoint) {
    return new About(
        touchpoint.channel(), touchpoint.area(), touchpoint.topic(), touchpoint.campaign());
  }

  static About of(SurveyResponse response) {
    return new About(response.channel(), response.area(), response.topic(), response.campaign());
  }
}
