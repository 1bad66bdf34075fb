package org.answerprint.runtime;

import org.answerprint.faults.RequestFault;
import org.answerprint.graph.ElementType;
import org.answerprint.graph.Graph;
import org.answerprint.graph.Shape;

/**
 * A network on images at work: either half of an autoencoder, a depth estimator, or a captioner. Not for several threads at once.
 */
public final class Images implements AutoCloseable {

  private final Session session;
  private final String input;
  private final String output;
  private final Shape image;

  private Images(Session session, String input, String output, Shape image) {
    this.session = session;
    this.input = input;
    this.output = output;
    this.image = image;
  }

  /** From images {@code [B, 3, H, W]} to means and logarithms of variances {@code [B, 8, h, w]}. */
  public static Images encoder(Engine engine, Graph graph, BoundWeights weights) {
    return open("vae_encoder", "sample", "latent_parameters", 4, engine, graph, weights);
  }

  /** From latents {@code [B, 4, h, w]} to images {@code [B, 3, H, W]}. */
  public static Images decoder(Engine engine, Graph graph, BoundWeights weights) {
    return open("vae_decoder", "latent_sample", "sample", 4, engine, graph, weights);
  }

  /** From images {@code [B, 3, H, W]} to inverse depths {@code [B, H, W]}. */
  public static Images depth(Engine engine, Graph graph, BoundWeights weights) {
    return open("depth_estimator", "pixel_values", "predicted_depth", 3, engine, graph, weights);
  }

  /** From images {@code [B, 3, H, W]} to logits of words {@code [B, words]}. */
  public static Images captioner(Engine engine, Graph graph, BoundWeights weights) {
    return open("captioner", "pixel_values", "logits", 2, engine, graph, weights);
  }

  private static Images open(String component, String input, String output, int rank, Engine engine, Graph graph, BoundWeights weights) {
    Ports ports = new Ports(component, graph);
    Shape shape = ports.input(input, ElementType.FLOAT, 4);
    ports.output(output, rank);
    return new Images(Session.open(engine, graph, weights), input, output, shape.part(1, 4));
  }

  /** The shape of one image that goes in. */
  public Shape image() {
    return image;
  }

  /** What comes out for images one after another, row-major. @throws RequestFault where the graph does not fit */
  public float[] run(float[] images) {
    long rows = Slot.rows(images.length, image.elements().value());
    session.floats(input, rows, image.size(0), image.size(1), image.size(2)).put(images);
    session.run();
    return session.values(output);
  }

  @Override
  public void close() {
    session.close();
  }
}
