/**
 * What every stage is wired from: its settings, the stores, the outbox, and the envelope around a task that makes it
 * safe to see twice, late or after a crash.
 */
package org.answerprint.stage;
