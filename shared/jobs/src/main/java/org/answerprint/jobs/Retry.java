package org.answerprint.jobs;

import java.util.OptionalInt;
import org.answerprint.events.JobId;

/**
 * Why a job repeats another one.
 *
 * @param of the job that is tried again
 * @param number from 1
 * @param shot the shot that is made anew even where its take exists, or empty
 */
public record Retry(JobId of, int number, OptionalInt shot) {}
