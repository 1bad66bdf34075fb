package org.answerprint.media;

import java.util.Objects;
import org.answerprint.frames.TimeBase;

/**
 * How the packets of a sound track are to be understood.
 *
 * @param codec FFmpeg's codec name
 * @param sampleRate in hertz
 * @param channels at least 1
 * @param channelLayout FFmpeg's description, for example {@code stereo} or {@code 5.1}
 * @param frameSize samples per packet, 0 where it varies
 * @param blockAlign bytes per block, 0 where it does not apply
 * @param initialPadding samples to drop at the start
 * @param seekPreroll samples to decode before a seek target
 * @param bitsPerSample of coded samples, 0 where it does not apply
 * @param bitRate bits per second, 0 where unknown
 * @param timeBase of the packets
 * @param extradata the decoder's configuration; not to be written to
 */
public record AudioFormat(
    String codec,
    int sampleRate,
    int channels,
    String channelLayout,
    int frameSize,
    int blockAlign,
    int initialPadding,
    int seekPreroll,
    int bitsPerSample,
    long bitRate,
    TimeBase timeBase,
    byte[] extradata) {

  public AudioFormat {
    Objects.requireNonNull(codec, "codec");
    Objects.requireNonNull(channelLayout, "channelLayout");
    Objects.requireNonNull(timeBase, "timeBase");
    Objects.requireNonNull(extradata, "extradata");
  }
}
