package org.answerprint.media;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.answerprint.frames.Colour;
import org.answerprint.frames.TimeBase;

/**
 * What a muxer has to know about coded pictures. Segments join only where their headers are equal.
 *
 * @param width coded width
 * @param height coded height
 * @param cropRight columns that were added on the right
 * @param cropBottom rows that were added below
 * @param reorder how many pictures may be decoded before an earlier-shown one
 */
record CodedHeader(
    int codec,
    int profile,
    int level,
    int pixelFormat,
    int width,
    int height,
    int cropRight,
    int cropBottom,
    int reorder,
    TimeBase timeBase,
    int rateNum,
    int rateDen,
    int aspectNum,
    int aspectDen,
    Colour colour,
    Signal signal,
    byte[] extradata) {

  boolean joins(CodedHeader other) {
    return Arrays.equals(extradata, other.extradata) && width == other.width && height == other.height
        && cropRight == other.cropRight && cropBottom == other.cropBottom && codec == other.codec
        && timeBase.equals(other.timeBase) && colour.equals(other.colour) && pixelFormat == other.pixelFormat
        && signal.equals(other.signal) && aspectNum == other.aspectNum && aspectDen == other.aspectDen && reorder == other.reorder;
  }

  void write(DataOutputStream out) throws IOException {
    int[] numbers = {codec, profile, level, pixelFormat, width, height, cropRight, cropBottom, reorder, timeBase.num(),
        timeBase.den(), rateNum, rateDen, aspectNum, aspectDen};
    for (int number : numbers) {
      out.writeInt(number);
    }
    out.writeUTF(colour.matrix());
    out.writeUTF(colour.primaries());
    out.writeUTF(colour.transfer());
    out.writeBoolean(colour.fullRange());
    write(out, signal);
    out.writeInt(extradata.length);
    out.write(extradata);
  }

  static CodedHeader read(DataInputStream in) throws IOException {
    int[] n = new int[15];
    for (int i = 0; i < n.length; i++) {
      n[i] = in.readInt();
    }
    Colour colour = new Colour(in.readUTF(), in.readUTF(), in.readUTF(), in.readBoolean());
    Signal signal = readSignal(in);
    byte[] extradata = in.readNBytes(in.readInt());
    return new CodedHeader(n[0], n[1], n[2], n[3], n[4], n[5], n[6], n[7], n[8], new TimeBase(n[9], n[10]), n[11],
        n[12],
        n[13], n[14], colour, signal, extradata);
  }

  private static void write(DataOutputStream out, Signal signal) throws IOException {
    out.writeByte(signal.fields().ordinal());
    out.writeUTF(signal.chromaLocation());
    out.writeInt(signal.hdr().maxContentLight());
    out.writeInt(signal.hdr().maxAverageLight());
    out.writeByte(signal.hdr().masteringDisplay().size());
    for (int number : signal.hdr().masteringDisplay()) {
      out.writeInt(number);
    }
  }

  private static Signal readSignal(DataInputStream in) throws IOException {
    FieldOrder fields = FieldOrder.values()[in.readUnsignedByte()];
    String chromaLocation = in.readUTF();
    int content = in.readInt();
    int average = in.readInt();
    List<Integer> display = new ArrayList<>();
    for (int left = in.readUnsignedByte(); left > 0; left--) {
      display.add(in.readInt());
    }
    return new Signal(fields, chromaLocation, new HdrMetadata(display, content, average));
  }
}
