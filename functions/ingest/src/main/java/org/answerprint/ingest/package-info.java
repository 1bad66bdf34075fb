/**
 * The first stage: what lands in the bucket is probed, its recipe resolved, its price estimated, and a job written; or
 * it is rejected with a sentence that says why, before any work.
 */
package org.answerprint.ingest;
