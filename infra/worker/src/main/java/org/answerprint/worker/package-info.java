/** A process of its own for GPU-shaped work, so that it can be killed, frozen and bounded without harm to the functions. */
package org.answerprint.worker;
