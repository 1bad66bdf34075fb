/**
 * Machines that are paid for while they work: jobs of a batch service for films that a function has no time for, and workers with a
 * card, as many as the backlog is worth. Who was asked for lies in the bucket {@code work}, so that nobody is asked for twice and
 * nothing waits for somebody who never came.
 */
package org.answerprint.fleet;
