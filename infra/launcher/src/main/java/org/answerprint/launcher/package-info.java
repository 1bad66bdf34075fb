/**
 * Starts JVMs beside this one and ends them: the local stack ({@link org.answerprint.launcher.LocalStack}), and any
 * other main of the project ({@link org.answerprint.launcher.ChildJvm}). Needs nothing but the JDK.
 */
package org.answerprint.launcher;
