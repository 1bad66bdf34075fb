/**
 * The editing methods, each usable by name. A method is one class: its rules for recipes, its version, and how it turns
 * the frames of a shot into others. {@link org.answerprint.methods.Methods} lists them all.
 */
package org.answerprint.methods;
