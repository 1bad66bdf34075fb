package org.answerprint.networks;

import org.answerprint.graph.Dim;
import org.answerprint.graph.GraphBuilder;
import org.answerprint.graph.Shape;
import org.answerprint.graph.Tensor;

/**
 * What a video network's graph is written for, and how it lays frames out: most of a video network treats frames as a batch of
 * images, {@code [B F, C, h, w]}, and the rest looks along time.
 *
 * @param batch B, the clips of one run; a name where it differs from call to call
 * @param frames F, the frames of each
 * @param height h of a latent
 * @param width w of a latent
 * @param textTokens of each clip's text
 */
public record ClipSize(Dim batch, long frames, long height, long width, long textTokens) {

  private static final long CLIP_TOKENS = 77;

  /** Known numbers, and CLIP's 77 tokens. */
  public static ClipSize of(long batch, long frames, long height, long width) {
    return new ClipSize(Dim.of(batch), frames, height, width, CLIP_TOKENS);
  }

  /** The shape of a clip of latents, {@code [B, C, F, h, w]}. */
  public Shape clip(long channels) {
    return Shape.of(batch, Dim.of(channels), Dim.of(frames), Dim.of(height), Dim.of(width));
  }

  Shape text(long channels) {
    return Shape.of(batch, Dim.of(textTokens), Dim.of(channels));
  }

  /** {@code [B, C, F, h, w]} as {@code [B F, C, h, w]}. */
  Tensor images(GraphBuilder g, Tensor clip) {
    Tensor swapped = g.swapAxes(clip, 1, 2);
    return g.reshape(swapped, Shape.of(batch.times(frames)).followedBy(swapped.shape().part(2, 5)));
  }

  /** {@code [B F, C, h, w]} as {@code [B, C, F, h, w]}. */
  Tensor clip(GraphBuilder g, Tensor images) {
    return g.swapAxes(g.reshape(images, Shape.of(batch, Dim.of(frames)).followedBy(images.shape().part(1, 4))), 1, 2);
  }

  /** {@code [B, C, F, h, w]} as one row of frames for each place, {@code [B h w, F, C]}. */
  Tensor moments(GraphBuilder g, Tensor clip) {
    Tensor last = g.transpose(clip, 0, 3, 4, 2, 1);
    Dim places = batch.times(clip.dim(3)).times(clip.dim(4));
    return g.reshape(last, Shape.of(places, Dim.of(frames), clip.dim(1)));
  }

  /** {@code [B h w, F, C]} as {@code [B F, C, h, w]}, where the images are of that shape. */
  Tensor imagesOfMoments(GraphBuilder g, Tensor moments, Shape images) {
    Tensor clip = g.reshape(moments, Shape.of(batch, images.dim(2), images.dim(3), Dim.of(frames), images.dim(1)));
    return g.reshape(g.transpose(clip, 0, 3, 4, 1, 2), images);
  }

  /** One text for each clip as one for each frame, {@code [B F, S, D]}. */
  Tensor forEachFrame(GraphBuilder g, Tensor text) {
    Shape rest = text.shape().part(1, 3);
    Tensor all = g.expand(g.unsqueeze(text, 1), Shape.of(batch, Dim.of(frames)).followedBy(rest));
    return g.reshape(all, Shape.of(batch.times(frames)).followedBy(rest));
  }
}
