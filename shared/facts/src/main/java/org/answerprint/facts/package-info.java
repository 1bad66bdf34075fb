/**
 * What can be seen from outside: one structured log line and one count per fact, the time each stage takes, the work in
 * flight, and a small HTTP door for processes that have none.
 */
package org.answerprint.facts;
