package io.fermata.generate;

import io.fermata.model.Channel;
import java.util.List;

/** How a customer goes about a need. */
enum Approach {
  SELF_SERVICE(Channel.WEB),
  BOT(Channel.CHATBOT),
  CALL(Channel.VOICE),
  CHAT(Channel.WEB_CHAT),
  MAIL(Channel.EMAIL),
  MESSENGER(Channel.MESSENGER),
  SOCIAL(Channel.SOCIAL),
  BRANCH(Channel.BRANCH),
  VIDEO(Channel.VIDEO),
  POST(Channel.POST);

  static final List<Approach> ALL = List.of(values());

  final Channel channel;

  Approach(Channel channel) {
    this.channel = channel;
  }
}
