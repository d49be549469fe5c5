package io.fermata.generate;

import io.fermata.model.Area;

/**
 * Something a customer may need from the brand.
 *
 * @param weight how common it is among the industry's needs
 * @param task whether the customer sets about it alone, as a task with a goal
 * @param human chance that one contact with a person settles it, as {@code bot} and {@code self}
 *     (self service, IVR) of the others
 * @param urgencyHours mean time until the customer tries again
 * @param handleSeconds mean length of a conversation about it
 */
record Need(
    String topic,
    Area area,
    double weight,
    boolean task,
    double human,
    double bot,
    double self,
    double urgencyHours,
    int handleSeconds) {}
