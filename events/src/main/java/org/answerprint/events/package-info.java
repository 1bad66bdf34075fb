/**
 * What travels between the stages: facts in the past tense, work items of the queue, and the storage notifications
 * that start everything. Every value validates itself on construction, so holding one is proof that it is well formed.
 * All types here are immutable and safe to share between threads.
 */
package org.answerprint.events;
