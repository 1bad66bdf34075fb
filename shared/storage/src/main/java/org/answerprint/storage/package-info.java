/**
 * Objects in buckets. The {@link org.answerprint.storage.ObjectStore} port speaks the few verbs the chain is built on:
 * write once, replace on a condition, read a pinned range, list. {@code S3ObjectStore} is the real one,
 * {@code MemoryObjectStore} the one for exploring crash points by the thousand; one contract suite runs on both.
 */
package org.answerprint.storage;
