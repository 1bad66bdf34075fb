package org.answerprint.binding;

import java.util.function.Consumer;
import org.answerprint.events.Channel;

/**
 * Who takes the messages of one channel, where they come on queues of SQS.
 *
 * @param channel whose queue
 * @param atOnce how many messages are worked on at once
 * @param work is given the body of one message; returns when it is done, and what it throws makes a dead letter of it
 */
public record Taker(Channel channel, int atOnce, Consumer<byte[]> work) {}
