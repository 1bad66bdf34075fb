/** Pictures as numbers: to networks and back, resampled, and put back at a film's size with the detail that the film has. */
package org.answerprint.pictures;
