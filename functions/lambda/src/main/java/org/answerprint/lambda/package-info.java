/**
 * What all functions on AWS Lambda share: messages come in batches, and the answer names those that are to come again. A
 * function itself is a plain service, called once for each message.
 */
package org.answerprint.lambda;
