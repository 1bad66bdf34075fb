/**
 * How facts travel: CloudEvents 1.0 in binary mode over Kafka, or in structured mode over SQS, behind a port with an
 * in-memory twin for tests.
 */
package org.answerprint.transport;
