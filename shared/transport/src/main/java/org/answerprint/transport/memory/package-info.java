/** The port without a broker, for unit tests of those who publish. */
package org.answerprint.transport.memory;
