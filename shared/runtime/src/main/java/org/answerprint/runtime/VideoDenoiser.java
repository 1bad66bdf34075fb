package org.answerprint.runtime;

import org.answerprint.faults.RequestFault;
import org.answerprint.graph.Graph;
import org.answerprint.graph.Shape;

/** A denoiser of clips at work: ModelScope's and ZeroScope's UNet, or SEINE's. Not for several threads at once. */
public final class VideoDenoiser implements AutoCloseable {

  private final ClipPorts ports;

  private VideoDenoiser(ClipPorts ports) {
    this.ports = ports;
  }

  /** Loads the graph. @throws RequestFault where it is not that of a denoiser of clips */
  public static VideoDenoiser open(Engine engine, Graph graph, BoundWeights weights) {
    new Ports(ClipPorts.COMPONENT, graph).output("out_sample", 5);
    return new VideoDenoiser(ClipPorts.open(engine, graph, weights));
  }

  /** The shape of one clip of the sample: channels, frames, height, width. */
  public Shape sample() {
    return ports.sample();
  }

  /** Whether it can be told what frames see of each other; SEINE's cannot. */
  public boolean takesAlongTime() {
    return ports.takesAlongTime();
  }

  /**
   * The prediction {@code [B, C, F, h, w]}, every frame seeing every other.
   *
   * @param samples {@code [B, Cin, F, h, w]}
   * @param texts {@code [B, 77, D]}
   */
  public float[] denoise(float[] samples, double timestep, float[] texts) {
    return denoise(samples, timestep, texts, AlongTime.open(Math.toIntExact(sample().size(1))));
  }

  /** The same with frames seeing what they are told to. @throws org.answerprint.faults.InternalFault where that is told to one that cannot be */
  public float[] denoise(float[] samples, double timestep, float[] texts, AlongTime time) {
    ports.fill(samples, timestep, texts, time);
    ports.session().run();
    return ports.session().values("out_sample");
  }

  @Override
  public void close() {
    ports.session().close();
  }
}
