package org.answerprint.evaluation;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.answerprint.pipeline.ImageModel;
import org.answerprint.pipeline.ImagePipeline;
import org.answerprint.pipeline.PictureSize;
import org.answerprint.runtime.Engine;

/** The networks of one model at one size, opened once for each set of ported layers. Not for several threads at once. */
final class Studio implements AutoCloseable {

  private final ImageModel model;
  private final Engine engine;
  private final PictureSize size;
  private final Protocol protocol;
  private final Map<Set<String>, ImagePipeline> pipelines = new HashMap<>();

  Studio(ImageModel model, Engine engine, PictureSize size, Protocol protocol) {
    this.model = model;
    this.engine = engine;
    this.size = size;
    this.protocol = protocol;
  }

  PictureSize size() {
    return size;
  }

  Protocol protocol() {
    return protocol;
  }

  ImageModel model() {
    return model;
  }

  /** Without ports; it also encodes, decodes and inverts for all variants. */
  ImagePipeline plain() {
    return ported(Set.of());
  }

  ImagePipeline ported(Set<String> layers) {
    return pipelines.computeIfAbsent(layers, these -> new ImagePipeline(model, engine, size, these));
  }

  @Override
  public void close() {
    pipelines.values().forEach(ImagePipeline::close);
  }
}
