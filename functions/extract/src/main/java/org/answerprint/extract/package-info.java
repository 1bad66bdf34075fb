/**
 * The second stage: one decode pass over an accepted video finds its shots, and writes each one's exact frame index as
 * it closes, so that editing starts while finding goes on. It ends by writing the plan.
 */
package org.answerprint.extract;
