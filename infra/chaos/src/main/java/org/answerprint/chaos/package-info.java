/**
 * Kills and freezes the processes of a local system while it works on small films, repeats and reorders its messages,
 * and checks that every job ends once with the bytes of an undisturbed run.
 */
package org.answerprint.chaos;
