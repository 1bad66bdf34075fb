/**
 * A job as write-once objects in a bucket: what was asked for, the shots found so far, the plan, and the marks that
 * tasks leave. Nothing here keeps a counter, a lock or a mutable manifest: {@link org.answerprint.jobs.Reconciler}
 * looks at what exists and says what is ready, as often as it is asked, and the answer does not depend on who asks.
 */
package org.answerprint.jobs;
