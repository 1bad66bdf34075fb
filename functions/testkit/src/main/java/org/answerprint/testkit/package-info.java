/** For the tests of functions: the real local stack, small films, and a job taken as far as a test needs it. */
package org.answerprint.testkit;
