/** For tests of several modules: a clock that is turned by hand, and stores that are watched or away. */
package org.answerprint.testing;
