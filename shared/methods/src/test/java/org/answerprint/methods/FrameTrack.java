package org.answerprint.methods;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.answerprint.frames.Colour;
import org.answerprint.frames.FrameSink;
import org.answerprint.frames.FrameSpec;
import org.answerprint.frames.PixelFormat;
import org.answerprint.frames.RawFrame;
import org.answerprint.pipeline.Pipelines;
import org.answerprint.recipe.ShotRecipe;
import org.answerprint.runtime.Engine;

/** A shot of random frames at uneven times, and what a method made of it. */
final class FrameTrack {

  private final PixelFormat format;
  private final int width;
  private final int height;
  private final List<RawFrame> frames = new ArrayList<>();
  private final List<RawFrame> edited = new ArrayList<>();
  private final List<Long> progress = new ArrayList<>();
  private long cancelAt = Long.MAX_VALUE;

  FrameTrack(PixelFormat format, int width, int height, Random random, int count) {
    this.format = format;
    this.width = width;
    this.height = height;
    for (long pts = -3; frames.size() < count; pts += 1 + frames.size()) {
      byte[] data = new byte[format.frameBytes(width, height)];
      random.nextBytes(data);
      frames.add(new RawFrame(format, width, height, pts, 1 + frames.size(), data));
    }
  }

  /** Video black is 16 in luma and 128 in chroma. */
  FrameTrack fill(int luma) {
    frames.forEach(frame -> {
      Arrays.fill(frame.data(), (byte) 128);
      Arrays.fill(frame.data(), 0, width * height, (byte) luma);
    });
    return this;
  }

  FrameTrack cancelAt(long step) {
    cancelAt = step;
    return this;
  }

  List<RawFrame> copies() {
    return frames.stream()
        .map(f -> new RawFrame(f.format(), f.width(), f.height(), f.pts(), f.duration(), f.data().clone())).toList();
  }

  void edit(String method, ShotRecipe recipe, Map<String, Path> assets) {
    Methods.byName(method).edit(
        new EditRequest(this::read, frames.size(), format, width, height, 1, Colour.BT709, recipe, assets,
            new Equipment(Optional.empty(), new Pipelines(Engine.cpu()), Checkpoints.NONE), this::step),
            edited::add);
  }

  private void read(FrameSpec spec, FrameSink sink) {
    if (!spec.equals(new FrameSpec(format, width, height))) {
      throw new AssertionError("asked for " + spec);
    }
    copies().forEach(sink::put);
  }

  private void step(long done, long total) {
    progress.add(done);
    if (done == cancelAt) {
      throw new Monitor.Cancelled("enough");
    }
  }

  List<RawFrame> edited() {
    return edited;
  }

  List<Long> progress() {
    return progress;
  }
}
