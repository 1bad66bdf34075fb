/**
 * The queue for work that takes minutes, behind one port: {@link org.answerprint.queue.WorkQueue}. Two adapters keep
 * the same contract, a Kafka share group and SQS.
 *
 * <p>An item may be delivered more than once, in any order. A lock only saves work: it never keeps two workers apart,
 * so the output of an item must be write-once.
 */
package org.answerprint.queue;
