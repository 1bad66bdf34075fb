/**
 * Where bundles and networks meet: which definition a component's config asks for and whether its tensors fit, what a component
 * answers to inputs, and whether that is what the reference implementation answered.
 */
package org.answerprint.models;
