/** All five functions in one process, supervised through its standard streams. */
package org.answerprint.chain;
