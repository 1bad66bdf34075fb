/** Upload as a function on AWS Lambda. */
package org.answerprint.lambda.upload;
