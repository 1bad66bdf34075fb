/**
 * Comes behind the chain: tells programs of others how jobs ended. It changes nothing of a job.
 */
package org.answerprint.notify;
