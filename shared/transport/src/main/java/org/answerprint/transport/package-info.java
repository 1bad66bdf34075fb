/** How facts travel: CloudEvents 1.0 in binary mode over Kafka, behind a port with an in-memory twin for tests. */
package org.answerprint.transport;
