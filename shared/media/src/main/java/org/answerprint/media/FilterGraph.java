package org.answerprint.media;

import static org.bytedeco.ffmpeg.global.avfilter.av_buffersink_get_frame;
import static org.bytedeco.ffmpeg.global.avfilter.av_buffersrc_write_frame;
import static org.bytedeco.ffmpeg.global.avfilter.avfilter_get_by_name;
import static org.bytedeco.ffmpeg.global.avfilter.avfilter_graph_alloc;
import static org.bytedeco.ffmpeg.global.avfilter.avfilter_graph_config;
import static org.bytedeco.ffmpeg.global.avfilter.avfilter_graph_create_filter;
import static org.bytedeco.ffmpeg.global.avfilter.avfilter_graph_free;
import static org.bytedeco.ffmpeg.global.avfilter.avfilter_graph_parse_ptr;
import static org.bytedeco.ffmpeg.global.avfilter.avfilter_inout_alloc;
import static org.bytedeco.ffmpeg.global.avfilter.avfilter_inout_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_unref;
import static org.bytedeco.ffmpeg.global.avutil.av_strdup;

import java.nio.file.Files;
import java.nio.file.Path;
import org.answerprint.faults.InternalFault;
import org.answerprint.faults.RequestFault;
import org.answerprint.frames.Colour;
import org.answerprint.frames.FrameSpec;
import org.answerprint.frames.PixelFormat;
import org.answerprint.frames.RawFrame;
import org.bytedeco.ffmpeg.avfilter.AVFilterContext;
import org.bytedeco.ffmpeg.avfilter.AVFilterGraph;
import org.bytedeco.ffmpeg.avfilter.AVFilterInOut;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;

/** A chain of FFmpeg filters that gives one frame for each. Runs on the calling thread. Not thread-safe. */
public final class FilterGraph implements AutoCloseable {

  private static final String ACCURATE = "bicubic+accurate_rnd+full_chroma_int+full_chroma_inp";

  private final FrameLoader loader;
  private final PictureConverter unloader;
  private final AVFrame filtered = av_frame_alloc();
  private final AVFilterGraph graph = avfilter_graph_alloc();
  private final AVFilterContext source = new AVFilterContext(null);
  private final AVFilterContext sink = new AVFilterContext(null);
  private long count;

  private FilterGraph(FrameSpec in, Colour colour, FrameSpec out) {
    loader = new FrameLoader(in.format(), in.width(), in.height(), colour, false);
    unloader = new PictureConverter(out.format(), out.width(), out.height(), Orientation.UPRIGHT, colour);
    graph.nb_threads(1);
  }

  /**
   * A .cube look-up table over frames of one kind; frames of the same kind come out. YUV is taken to RGB and back by
   * its own matrix and range with two bits to spare.
   *
   * @param cube a path made by us, without quotes, colons or backslashes
   * @throws RequestFault where the table cannot be read
   */
  public static FilterGraph lookUpTable(Path cube, PixelFormat format, int width, int height, Colour colour) {
    String path = cube.toAbsolutePath().toString();
    if (path.matches(".*['\\\\:,;\\[\\]].*")) {
      throw new InternalFault("the path of a look-up table is made by us and plain, not " + path);
    }
    if (!Files.isReadable(cube)) {
      throw new RequestFault("the look-up table " + cube + " cannot be read; check that it exists");
    }
    boolean yuv = format.yuv();
    String spare = format.bitDepth() > 8 ? "gbrp12le" : "gbrp10le";
    String range = colour.fullRange() ? "pc" : "tv";
    String matrix = scaleMatrix(colour);
    String into = yuv ? "scale=in_color_matrix=" + matrix + ":in_range=" + range + ":flags=" + ACCURATE + "," : "";
    String back = yuv ? ",scale=out_color_matrix=" + matrix + ":out_range=" + range + ":flags=" + ACCURATE : "";
    String filters = into + "format=" + spare + ",lut3d=file='" + path + "':interp=tetrahedral" + back;
    FrameSpec spec = new FrameSpec(format, width, height);
    try {
      return of(filters, spec, colour, spec);
    } catch (InternalFault e) {
      throw new RequestFault("the look-up table " + cube.getFileName()
          + " is no valid .cube file; export it again as 3D LUT", e);
    }
  }

  private static String scaleMatrix(Colour colour) {
    return switch (colour.matrix()) {
      case "bt2020nc", "bt2020c" -> "bt2020";
      case "bt470bg", "smpte170m" -> "bt601";
      default -> colour.matrix();
    };
  }

  /**
   * Any chain of filters that yields one frame of {@code out}'s size for each of {@code in}'s.
   *
   * @param colour how YUV frames are to be understood; both sides
   * @throws InternalFault where FFmpeg does not accept the chain
   */
  public static FilterGraph of(String filters, FrameSpec in, Colour colour, FrameSpec out) {
    FilterGraph graph = new FilterGraph(in, colour, out);
    try {
      graph.configure(filters, in, colour, out);
      return graph;
    } catch (RuntimeException | Error e) {
      graph.close();
      throw e;
    }
  }

  private void configure(String filters, FrameSpec in, Colour colour, FrameSpec out) {
    boolean rgb = in.format() == PixelFormat.RGB24;
    String arguments = "video_size=" + in.width() + "x" + in.height() + ":pix_fmt=" + in.format().ffmpegName()
        + ":time_base=1/1:pixel_aspect=1/1:colorspace=" + (rgb ? "gbr" : colour.matrix())
        + ":range=" + (rgb || colour.fullRange() ? "pc" : "tv");
    Native.write(avfilter_graph_create_filter(source, avfilter_get_by_name("buffer"), "in", arguments, null, graph),
        "no source");
    Native.write(avfilter_graph_create_filter(sink, avfilter_get_by_name("buffersink"), "out", null, null, graph),
        "no sink");
    AVFilterInOut inputs = end("out", sink);
    AVFilterInOut outputs = end("in", source);
    try {
      Native.write(avfilter_graph_parse_ptr(graph, filters + ",format=" + out.format().ffmpegName(), inputs, outputs,
          (Pointer) null), "the filters " + filters + " are not accepted");
    } finally {
      avfilter_inout_free(inputs);
      avfilter_inout_free(outputs);
    }
    Native.write(avfilter_graph_config(graph, null), "the filters " + filters + " do not fit each other");
  }

  private static AVFilterInOut end(String name, AVFilterContext filter) {
    AVFilterInOut end = avfilter_inout_alloc();
    end.name(av_strdup(new BytePointer(name)));
    end.filter_ctx(filter);
    end.pad_idx(0);
    end.next(null);
    return end;
  }

  /** The filtered frame, with the same pts and duration. */
  public RawFrame apply(RawFrame frame) {
    AVFrame picture = loader.load(frame);
    if (frame.format() == PixelFormat.RGB24) {
      picture.colorspace(0);
      picture.color_range(2);
    }
    picture.pts(count++);
    Native.write(av_buffersrc_write_frame(source, picture), "a frame could not be filtered");
    Native.write(av_buffersink_get_frame(sink, filtered), "a frame did not come out of its filters");
    try {
      return unloader.convert(filtered, frame.pts(), frame.duration());
    } finally {
      av_frame_unref(filtered);
    }
  }

  @Override
  public void close() {
    avfilter_graph_free(graph);
    av_frame_free(filtered);
    loader.close();
    unloader.close();
  }
}
