/**
 * Uploads by people who have no keys: a request that is signed for them, for one object of one size, and for a few minutes.
 */
package org.answerprint.uploads;
