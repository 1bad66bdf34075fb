package org.answerprint.media;

import static org.bytedeco.ffmpeg.global.avutil.av_dict_set;
import static org.bytedeco.ffmpeg.global.avutil.av_get_time_base_q;
import static org.bytedeco.ffmpeg.global.avutil.av_mallocz;

import org.bytedeco.ffmpeg.avformat.AVChapter;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;

/** Writes what a film and its tracks say about themselves into a container that is being made. */
final class MuxedLabels {

  private MuxedLabels() {
  }

  /** Whether there are tags of phones and the like, which MP4's usual tags have no place for. */
  static boolean needKeys(FilmExtras extras) {
    return extras.tags().stream().anyMatch(tag -> tag.name().startsWith("com."));
  }

  static void write(AVFormatContext format, FilmExtras extras, long shiftMicros) {
    AVDictionary tags = new AVDictionary(null);
    extras.tags().forEach(tag -> av_dict_set(tags, tag.name(), tag.value(), 0));
    format.metadata(tags);
    if (!extras.chapters().isEmpty()) {
      chapters(format, extras, shiftMicros);
    }
  }

  /** The container frees them, so they are allocated as it would. */
  private static void chapters(AVFormatContext format, FilmExtras extras, long shiftMicros) {
    int count = extras.chapters().size();
    int pointerBytes = Long.BYTES;
    format.chapters(new PointerPointer<AVChapter>(memory((long) count * pointerBytes)));
    format.nb_chapters(count);
    for (int i = 0; i < count; i++) {
      Chapter chapter = extras.chapters().get(i);
      long bytes;
      try (AVChapter model = new AVChapter()) {
        bytes = model.sizeof();
      }
      AVChapter made = new AVChapter(memory(bytes));
      made.id(i);
      made.time_base(av_get_time_base_q());
      made.start(Math.max(0, chapter.startMicros() + shiftMicros));
      made.end(Math.max(made.start(), chapter.endMicros() + shiftMicros));
      AVDictionary title = new AVDictionary(null);
      av_dict_set(title, "title", chapter.title(), 0);
      made.metadata(title);
      format.chapters(i, made);
    }
  }

  private static Pointer memory(long bytes) {
    return Native.made(av_mallocz(bytes), "chapters");
  }

  static void write(AVStream stream, MuxedSound track) {
    AVDictionary tags = new AVDictionary(null);
    if (!track.language().isEmpty()) {
      av_dict_set(tags, "language", track.language(), 0);
    }
    if (!track.title().isEmpty()) {
      av_dict_set(tags, "title", track.title(), 0);
      av_dict_set(tags, "handler_name", track.title(), 0);
    }
    stream.metadata(tags);
    stream.disposition(Labels.disposition(track.roles()));
  }
}
