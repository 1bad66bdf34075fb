/**
 * The three kinds of fault, told apart by type. Only {@link org.answerprint.faults.TransientFault} is ever retried.
 */
package org.answerprint.faults;
