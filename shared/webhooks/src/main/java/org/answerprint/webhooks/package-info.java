/**
 * Job events for programs of others: a body of JSON, signed, posted to one address. What is posted goes out of one's own network or
 * nowhere: names are looked up once, checked, and the address that was checked is the one that is connected to.
 */
package org.answerprint.webhooks;
