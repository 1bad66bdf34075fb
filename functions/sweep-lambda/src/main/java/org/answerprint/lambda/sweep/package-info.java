/** The sweep as a function on AWS Lambda. */
package org.answerprint.lambda.sweep;
