package org.answerprint.media;

import static org.bytedeco.ffmpeg.global.avcodec.av_packet_side_data_get;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_ENOMEM;
import static org.bytedeco.ffmpeg.global.avutil.AV_LOG_QUIET;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_free;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_set;
import static org.bytedeco.ffmpeg.global.avutil.av_log_set_level;
import static org.bytedeco.ffmpeg.global.avutil.av_make_q;
import static org.bytedeco.ffmpeg.global.avutil.av_strerror;

import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.ToIntFunction;
import org.answerprint.faults.InternalFault;
import org.answerprint.faults.RequestFault;
import org.answerprint.frames.TimeBase;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacketSideData;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;

/** The few things every class that touches FFmpeg needs. */
final class Native {

  static {
    av_log_set_level(AV_LOG_QUIET);
  }

  private Native() {
  }

  /** A failure in reading is the file's. */
  static int read(int result, String what) {
    if (result == AVERROR_ENOMEM()) {
      throw new RequestFault(what + " (it needs more memory than a decoder may use)");
    }
    if (result < 0) {
      throw new RequestFault(what + " (" + error(result) + ")");
    }
    return result;
  }

  /** A failure in writing is ours. */
  static int write(int result, String what) {
    if (result < 0) {
      throw new InternalFault(what + ": " + error(result));
    }
    return result;
  }

  static <P extends Pointer> P made(P pointer, String what) {
    if (absent(pointer)) {
      throw new InternalFault("no memory for " + what);
    }
    return pointer;
  }

  static boolean absent(Pointer pointer) {
    return pointer == null || pointer.isNull();
  }

  static String error(int result) {
    byte[] text = new byte[128];
    av_strerror(result, text, text.length);
    return new String(text, StandardCharsets.UTF_8).trim();
  }

  static String text(BytePointer pointer, String otherwise) {
    return absent(pointer) ? otherwise : pointer.getString();
  }

  /** Points at native memory that somebody else owns. */
  static BytePointer at(MemorySegment memory) {
    return new At(memory.address());
  }

  static byte[] bytes(BytePointer pointer, long count) {
    byte[] bytes = new byte[absent(pointer) ? 0 : Math.toIntExact(count)];
    if (bytes.length > 0) {
      pointer.get(bytes);
    }
    return bytes;
  }

  static TimeBase timeBase(AVRational rational) {
    return new TimeBase(rational.num(), rational.den());
  }

  static AVRational rational(TimeBase timeBase) {
    return av_make_q(timeBase.num(), timeBase.den());
  }

  /** Calls with a dictionary that is freed afterwards. */
  static int withOptions(Map<String, String> options, ToIntFunction<AVDictionary> call) {
    AVDictionary dictionary = new AVDictionary(null);
    try {
      options.forEach((key, value) -> av_dict_set(dictionary, key, value, 0));
      return call.applyAsInt(dictionary);
    } finally {
      av_dict_free(dictionary);
    }
  }

  /** The payload of a stream's side data, or an empty array. */
  static byte[] sideData(AVCodecParameters parameters, int type) {
    if (parameters.nb_coded_side_data() == 0) {
      return new byte[0];
    }
    AVPacketSideData data =
        av_packet_side_data_get(parameters.coded_side_data(), parameters.nb_coded_side_data(), type);
    return absent(data) ? new byte[0] : bytes(data.data(), data.size());
  }

  private static final class At extends BytePointer {
    At(long address) {
      super((Pointer) null);
      this.address = address;
    }
  }
}
