/**
 * The local stack: a real Kafka broker ({@link org.answerprint.stack.BrokerMain}) and a real S3 server
 * ({@link org.answerprint.stack.ObjectStoreMain}), each meant to run in a JVM of its own with this module's class path.
 *
 * <p>Both speak the same small protocol with their parent: one line {@code READY <json>} on standard output when they
 * can be used, logs on standard error, exit when standard input closes, exit code 2 and one sentence on standard error
 * when they cannot start because of how they were asked to.
 */
package org.answerprint.stack;
