/**
 * The command line. Commands parse and print; what they do lies in plain classes beside them: the local system
 * ({@link org.answerprint.cli.LocalSystem}), the way to the buckets ({@link org.answerprint.cli.Session}), and views of
 * jobs that are read from the bucket alone ({@link org.answerprint.cli.JobReader}).
 */
package org.answerprint.cli;
