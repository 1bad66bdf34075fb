/** Notify as a function on AWS Lambda. */
package org.answerprint.lambda.notify;
