/**
 * What a finished film comes with. {@link org.answerprint.report.Report} says how it was made, in full and in a form
 * that programs can rely on; {@link org.answerprint.report.ContactSheet} shows every shot before and after. Neither
 * needs more of a machine than a Java runtime: no fonts, no display.
 */
package org.answerprint.report;
