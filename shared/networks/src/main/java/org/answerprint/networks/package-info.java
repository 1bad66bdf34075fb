/**
 * The networks themselves, each written once as a {@link org.answerprint.networks.NetworkDefinition}: read from a Hugging Face
 * {@code config.json} field by field, it says which weights it wants and writes its graph for the size and the options asked
 * for. Shared blocks take a {@link org.answerprint.graph.GraphBuilder} that stands at their module's path.
 */
package org.answerprint.networks;
