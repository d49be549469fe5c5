package io.fermata.rules;

import io.fermata.model.Channel;
import java.util.List;

/**
 * The rules that a marketing message tried in one channel could break.
 *
 * @param group the same for channels with the same {@code shared} rules; counted from 0
 * @param shared those that say the same in all channels of the group
 * @param own those that may tell these channels apart
 */
public record ChannelRules(
    Channel channel, int group, List<Breakable> shared, List<Breakable> own) {}
