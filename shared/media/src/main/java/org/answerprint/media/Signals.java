package org.answerprint.media;

import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_DATA_CONTENT_LIGHT_LEVEL;
import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_DATA_MASTERING_DISPLAY_METADATA;
import static org.bytedeco.ffmpeg.global.avutil.AVCHROMA_LOC_UNSPECIFIED;
import static org.bytedeco.ffmpeg.global.avutil.AV_FRAME_DATA_CONTENT_LIGHT_LEVEL;
import static org.bytedeco.ffmpeg.global.avutil.AV_FRAME_DATA_MASTERING_DISPLAY_METADATA;
import static org.bytedeco.ffmpeg.global.avutil.av_chroma_location_from_name;
import static org.bytedeco.ffmpeg.global.avutil.av_chroma_location_name;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_get_side_data;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVFrameSideData;

/** Between FFmpeg's tags of a picture stream and {@link Signal}. */
final class Signals {

  /** Of FFmpeg's AVFieldOrder: top coded first and shown first; bottom, bottom; top, bottom; bottom, top. */
  private static final int TT = 2;
  private static final int BB = 3;
  private static final int TB = 4;
  private static final int BT = 5;
  private static final int LIGHT_BYTES = 8;

  private Signals() {
  }

  /** What a stream and its first picture say, in the upright picture. */
  static Signal of(AVCodecParameters parameters, int codecFieldOrder, AVFrame frame, Orientation orientation) {
    boolean upright = orientation.equals(Orientation.UPRIGHT);
    String location = Native.text(av_chroma_location_name(frame.chroma_location()), "unspecified");
    return new Signal(fields(codecFieldOrder, frame, orientation), upright ? location : "unspecified",
        hdr(parameters, frame));
  }

  /** What lies on its side would have columns for fields, and an odd height none: such pictures count as whole. */
  private static FieldOrder fields(int codecFieldOrder, AVFrame frame, Orientation orientation) {
    if (orientation.swapsSides() || frame.height() % 2 != 0) {
      return FieldOrder.PROGRESSIVE;
    }
    FieldOrder coded = (frame.flags() & AVFrame.AV_FRAME_FLAG_INTERLACED) != 0
        ? (frame.flags() & AVFrame.AV_FRAME_FLAG_TOP_FIELD_FIRST) != 0 ? FieldOrder.TOP_FIRST : FieldOrder.BOTTOM_FIRST
        : switch (codecFieldOrder) {
          case TT, BT -> FieldOrder.TOP_FIRST;
          case BB, TB -> FieldOrder.BOTTOM_FIRST;
          default -> FieldOrder.PROGRESSIVE;
        };
    return orientation.yy() < 0 ? coded.turnedOver(frame.height()) : coded;
  }

  private static HdrMetadata hdr(AVCodecParameters parameters, AVFrame frame) {
    byte[] display = either(parameters, AV_PKT_DATA_MASTERING_DISPLAY_METADATA, frame,
        AV_FRAME_DATA_MASTERING_DISPLAY_METADATA);
    byte[] light = either(parameters, AV_PKT_DATA_CONTENT_LIGHT_LEVEL, frame, AV_FRAME_DATA_CONTENT_LIGHT_LEVEL);
    List<Integer> numbers = new ArrayList<>();
    if (display.length >= 4 * (HdrMetadata.NUMBERS + 2)) {
      ByteBuffer words = words(display);
      boolean hasPrimaries = words.getInt(4 * HdrMetadata.NUMBERS) != 0;
      boolean hasLuminance = words.getInt(4 * HdrMetadata.NUMBERS + 4) != 0;
      for (int i = 0; i < HdrMetadata.NUMBERS; i++) {
        numbers.add((i < 2 * 8 ? hasPrimaries : hasLuminance) ? words.getInt(4 * i) : 0);
      }
    }
    boolean lit = light.length >= LIGHT_BYTES;
    return new HdrMetadata(numbers, lit ? words(light).getInt(0) : 0, lit ? words(light).getInt(4) : 0);
  }

  private static byte[] either(AVCodecParameters parameters, int packetType, AVFrame frame, int frameType) {
    byte[] ofStream = Native.sideData(parameters, packetType);
    AVFrameSideData ofFrame = ofStream.length > 0 ? null : av_frame_get_side_data(frame, frameType);
    return Native.absent(ofFrame) ? ofStream : Native.bytes(ofFrame.data(), ofFrame.size());
  }

  private static ByteBuffer words(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** FFmpeg's AVMasteringDisplayMetadata, or nothing. */
  static byte[] masteringDisplay(HdrMetadata hdr) {
    if (hdr.masteringDisplay().isEmpty()) {
      return new byte[0];
    }
    ByteBuffer words = words(new byte[4 * (HdrMetadata.NUMBERS + 2)]);
    hdr.masteringDisplay().forEach(words::putInt);
    words.putInt(hdr.says(0, 8) ? 1 : 0);
    words.putInt(hdr.says(8, HdrMetadata.FRACTIONS) ? 1 : 0);
    return words.array();
  }

  /** FFmpeg's AVContentLightMetadata, or nothing. */
  static byte[] contentLight(HdrMetadata hdr) {
    return hdr.hasLight()
        ? words(new byte[LIGHT_BYTES]).putInt(hdr.maxContentLight()).putInt(hdr.maxAverageLight()).array() : new byte[0];
  }

  static int chromaLocation(Signal signal) {
    int number = av_chroma_location_from_name(signal.chromaLocation());
    return number < 0 ? AVCHROMA_LOC_UNSPECIFIED : number;
  }

  /** For a container: which field is coded and shown first; 1 for whole pictures. */
  static int fieldOrder(Signal signal) {
    return switch (signal.fields()) {
      case PROGRESSIVE -> 1;
      case TOP_FIRST -> TT;
      case BOTTOM_FIRST -> BB;
    };
  }

  static void tag(AVFrame frame, Signal signal) {
    frame.chroma_location(chromaLocation(signal));
    int flags = frame.flags() & ~(AVFrame.AV_FRAME_FLAG_INTERLACED | AVFrame.AV_FRAME_FLAG_TOP_FIELD_FIRST);
    frame.flags(switch (signal.fields()) {
      case PROGRESSIVE -> flags;
      case TOP_FIRST -> flags | AVFrame.AV_FRAME_FLAG_INTERLACED | AVFrame.AV_FRAME_FLAG_TOP_FIELD_FIRST;
      case BOTTOM_FIRST -> flags | AVFrame.AV_FRAME_FLAG_INTERLACED;
    });
  }
}
