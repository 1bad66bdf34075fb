/**
 * Comes before the chain: whoever has no keys asks here for a request that he may send to the store. It writes nothing itself.
 */
package org.answerprint.upload;
