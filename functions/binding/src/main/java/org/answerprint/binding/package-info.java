/**
 * What all functions share of Quarkus. A function itself is a plain service; here are the bean that wires it, and the
 * bridge that brings it the messages of Kafka, which Funqy has no binding for.
 */
package org.answerprint.binding;
