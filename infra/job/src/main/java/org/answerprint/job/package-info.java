/** One stage's work on one job in a process of its own, for films that a function has no time for. */
package org.answerprint.job;
