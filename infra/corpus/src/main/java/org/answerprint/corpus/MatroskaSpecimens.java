package org.answerprint.corpus;

import static org.answerprint.corpus.Bytes.big;
import static org.answerprint.corpus.Bytes.noise;
import static org.answerprint.corpus.Bytes.zeros;
import static org.answerprint.corpus.Ebml.element;
import static org.answerprint.corpus.Ebml.number;
import static org.answerprint.corpus.Materials.FRAMES;
import static org.answerprint.corpus.Materials.HEIGHT;
import static org.answerprint.corpus.Materials.WIDTH;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Matroska and WebM. */
final class MatroskaSpecimens {

  private static final Outcome EITHER = new Outcome.Either();
  private static final Outcome WHOLE = Outcome.edited(FRAMES, WIDTH, HEIGHT, true);

  private final List<Specimen> specimens = new ArrayList<>();
  private final byte[] film = Materials.remuxed(Materials.film(true), "matroska", Map.of());
  private final byte[][] jpegs = jpegs(20);

  private MatroskaSpecimens() {
  }

  static List<Specimen> all() {
    MatroskaSpecimens all = new MatroskaSpecimens();
    all.films();
    all.sizes();
    all.tracks();
    all.extras();
    return all.specimens;
  }

  private void add(String name, String attacks, Outcome outcome, byte[] bytes) {
    specimens.add(new Specimen(name, attacks, bytes, outcome));
  }

  /** Pictures of 64x48, each a JPEG. */
  private static byte[][] jpegs(int count) {
    byte[] all = Materials.encoded("image2pipe", "mjpeg", "yuvj420p", 64, 48, count);
    byte[][] pictures = new byte[count][];
    for (int i = 0, at = 0; i < count; i++) {
      int end = at + 2;
      while (end < all.length && !(all[end] == (byte) 0xff && all[end + 1] == (byte) 0xd8)) {
        end++;
      }
      pictures[i] = Arrays.copyOfRange(all, at, end);
      at = end;
    }
    return pictures;
  }

  private byte[] jpegFilm(long nanosPerTick, byte[]... trackElements) {
    return Ebml.file(Ebml.info(nanosPerTick), element(Ebml.TRACKS, Ebml.track(1, "V_MJPEG", 64, 48, trackElements)), Ebml.cluster(0, jpegs));
  }

  private void films() {
    add("plain.mkv", "an honest Matroska film", WHOLE, film);
    add("jpegs.mkv", "an honest film of JPEGs, written by hand", Outcome.edited(20, 64, 48, false), jpegFilm(40_000_000));
    add("half.mkv", "cut in the middle", new Outcome.Edited(3, FRAMES - 1, WIDTH, HEIGHT, true), Bytes.cut(film, film.length / 2));
    add("head.mkv", "cut behind its tracks", Outcome.rejected(), Bytes.cut(film, Bytes.find(film, new String(new char[] {0x1f, 0x43, 0xb6, 0x75}), 0)));
    add("noise.mkv", "noise behind a good header", Outcome.rejected(), Bytes.of(Ebml.header(), noise(100_000, 40)).done());
    add("flipped.mkv", "bits flipped in the middle", EITHER, Bytes.patched(film, film.length / 2, noise(200, 41)));
    add("vp8.webm", "an honest WebM film", Outcome.edited(12, 64, 48, false), Materials.encoded("webm", "libvpx", "yuv420p", 64, 48, 12));
    add("lossless.mkv", "an honest film of FFV1", Outcome.edited(12, 64, 48, false), Materials.encoded("matroska", "ffv1", "yuv420p", 64, 48, 12));
    byte[] sizes = jpegFilm(40_000_000);
    add("unknown-size.mkv", "a segment of unknown size", Outcome.edited(20, 64, 48, false),
        Bytes.patched(sizes, Bytes.find(sizes, "\u0018\u0053\u0080\u0067", 0) + 4, big(0x01ff_ffff_ffff_ffffL, 8)));
  }

  private void sizes() {
    add("cluster-most.mkv", "a cluster that claims 2^56 bytes", EITHER, Bytes.of(Ebml.header(), Ebml.claimed(Ebml.SEGMENT, (1L << 56) - 2,
        Bytes.of(Ebml.info(40_000_000), element(Ebml.TRACKS, Ebml.track(1, "V_MJPEG", 64, 48)), Ebml.claimed(Ebml.CLUSTER, (1L << 55), jpegs[0])).done())).done());
    add("block-most.mkv", "a picture that claims a tebibyte", Outcome.rejected(), Ebml.file(Ebml.info(40_000_000),
        element(Ebml.TRACKS, Ebml.track(1, "V_MJPEG", 64, 48)), Ebml.claimed(Ebml.CLUSTER, 1L << 40, Bytes.of(number(0xe7, 0), Ebml.claimed(0xa3, 1L << 40, jpegs[0])).done())));
    add("codec-text.mkv", "a codec name of a gibibyte", EITHER, Ebml.file(Ebml.info(40_000_000), element(Ebml.TRACKS, element(0xae, number(0xd7, 1), number(0x83, 1),
        Ebml.claimed(0x86, 1 << 30, Bytes.text("V_MJPEG")))), Ebml.cluster(0, jpegs)));
    add("private-most.mkv", "codec data that claims a gibibyte", EITHER, Ebml.file(Ebml.info(40_000_000),
        element(Ebml.TRACKS, Ebml.track(1, "V_MJPEG", 64, 48, Ebml.claimed(0x63a2, 1 << 30, zeros(8)))), Ebml.cluster(0, jpegs)));
    byte[] nested = zeros(0);
    for (int i = 0; i < 2000; i++) {
      nested = element(0xb6, nested);
    }
    add("chapters-deep.mkv", "chapters two thousand deep", EITHER, Ebml.file(Ebml.info(40_000_000), element(Ebml.CHAPTERS, element(0x45b9, nested)),
        element(Ebml.TRACKS, Ebml.track(1, "V_MJPEG", 64, 48)), Ebml.cluster(0, jpegs)));
    add("size-65535.mkv", "a track of 65535x65535", EITHER, Ebml.file(Ebml.info(40_000_000), element(Ebml.TRACKS, Ebml.track(1, "V_MJPEG", 65_535, 65_535)), Ebml.cluster(0, jpegs)));
    add("size-most.mkv", "a track of 2^31 pixels a side", EITHER, Ebml.file(Ebml.info(40_000_000), element(Ebml.TRACKS, Ebml.track(1, "V_MJPEG", 1L << 31, 1L << 31)), Ebml.cluster(0, jpegs)));
    add("raw-most.mkv", "raw pictures of 65535x65535 and no bytes", Outcome.rejected(), Ebml.file(Ebml.info(40_000_000),
        element(Ebml.TRACKS, element(0xae, number(0xd7, 1), number(0x83, 1), Ebml.text(0x86, "V_UNCOMPRESSED"),
            element(0xe0, number(0xb0, 65_535), number(0xba, 65_535), Ebml.text(0x2eb524, "I420")))), Ebml.cluster(0, zeros(10))));
  }

  private void tracks() {
    byte[] compressed = element(0x6d80, element(0x6240, number(0x5033, 0), element(0x5034, number(0x4254, 0))));
    byte[][] deflated = Arrays.stream(jpegs).map(Mp4Specimens::deflated).toArray(byte[][]::new);
    add("zlib.mkv", "honest pictures, compressed again", Outcome.edited(20, 64, 48, false), Ebml.file(Ebml.info(40_000_000),
        element(Ebml.TRACKS, Ebml.track(1, "V_MJPEG", 64, 48, compressed)), Ebml.cluster(0, deflated)));
    add("zlib-bomb.mkv", "a compressed picture of half a gibibyte", Outcome.rejected(), Ebml.file(Ebml.info(40_000_000),
        element(Ebml.TRACKS, Ebml.track(1, "V_MJPEG", 64, 48, compressed)), Ebml.cluster(0, Mp4Specimens.deflated(zeros(1 << 29)))));
    add("gigahertz.mkv", "a thousand million pictures a second", EITHER, jpegFilm(1, number(0x23e383, 1)));
    add("clock-most.mkv", "a tick of centuries", Outcome.rejected(), jpegFilm(Long.MAX_VALUE));
    add("duration-year.mkv", "the film says it lasts for a year", Outcome.edited(20, 64, 48, false), Ebml.file(
        element(Ebml.INFO, number(0x2ad7b1, 40_000_000), element(0x4489, big(Double.doubleToLongBits(8e8), 8))),
        element(Ebml.TRACKS, Ebml.track(1, "V_MJPEG", 64, 48)), Ebml.cluster(0, jpegs)));
    add("clock-none.mkv", "a tick of nothing", EITHER, jpegFilm(0));
    add("late.mkv", "pictures three centuries apart", Outcome.rejected(), Ebml.file(Ebml.info(40_000_000), element(Ebml.TRACKS, Ebml.track(1, "V_MJPEG", 64, 48)),
        Ebml.cluster(0, jpegs), Ebml.cluster(250_000_000_000L, jpegs)));
    byte[][] many = new byte[1000][];
    Arrays.setAll(many, i -> Ebml.track(i + 1, "V_MJPEG", 64, 48));
    add("tracks-1000.mkv", "a thousand tracks", Outcome.rejected(), Ebml.file(Ebml.info(40_000_000), element(Ebml.TRACKS, many), Ebml.cluster(0, jpegs)));
    add("encrypted.mkv", "encrypted pictures", Outcome.rejected(), Ebml.file(Ebml.info(40_000_000),
        element(Ebml.TRACKS, Ebml.track(1, "V_MJPEG", 64, 48,
            element(0x6d80, element(0x6240, number(0x5033, 1), element(0x5035, number(0x47e1, 5), element(0x47e2, noise(16, 42))))))),
        Ebml.cluster(0, noise(2000, 44), noise(2000, 45))));
    add("unknown-codec.mkv", "a codec that nobody has", Outcome.rejected(), Ebml.file(Ebml.info(40_000_000), element(Ebml.TRACKS, Ebml.track(1, "V_NOBODY", 64, 48)), Ebml.cluster(0, jpegs)));
    byte[] laced = Bytes.of(new byte[] {(byte) 0x81, 0, 0, 0x02, -1}, Bytes.repeat(new byte[] {0}, 255), jpegs[0]).done();
    add("lacing.mkv", "256 pictures in a block, all but one empty", EITHER, Ebml.file(Ebml.info(40_000_000), element(Ebml.TRACKS, Ebml.track(1, "V_MJPEG", 64, 48)),
        element(Ebml.CLUSTER, number(0xe7, 0), element(0xa3, laced))));
  }

  private void extras() {
    byte[] attachment = element(Ebml.ATTACHMENTS, element(0x61a7, Ebml.text(0x466e, "../../etc/passwd"), Ebml.text(0x4660, "image/png"), element(0x465c, noise(200_000, 43)), number(0x46ae, 7)));
    add("attachment.mkv", "an attachment whose name climbs", Outcome.edited(20, 64, 48, false), Ebml.file(Ebml.info(40_000_000), attachment,
        element(Ebml.TRACKS, Ebml.track(1, "V_MJPEG", 64, 48)), Ebml.cluster(0, jpegs)));
    byte[][] chapters = new byte[20_000][];
    Arrays.setAll(chapters, i -> element(0xb6, number(0x73c4, i + 1), number(0x91, i * 1000L), element(0x80, Ebml.text(0x85, "chapter " + i))));
    add("chapters.mkv", "twenty thousand chapters", Outcome.edited(20, 64, 48, false), Ebml.file(Ebml.info(40_000_000), element(Ebml.CHAPTERS, element(0x45b9, chapters)),
        element(Ebml.TRACKS, Ebml.track(1, "V_MJPEG", 64, 48)), Ebml.cluster(0, jpegs)));
    add("tags.mkv", "three thousand tags", Outcome.edited(20, 64, 48, false), tagged(3000));
    add("tags-most.mkv", "sixty thousand tags, each of which is compared with all others", EITHER, tagged(60_000));
    byte[] subtitles = element(0xae, number(0xd7, 2), number(0x73c5, 2), number(0x83, 0x11), Ebml.text(0x86, "S_TEXT/ASS"), element(0x63a2, Bytes.text("[Script Info]\n")));
    add("subtitles.mkv", "subtitles beside the pictures", Outcome.edited(20, 64, 48, false), Ebml.file(Ebml.info(40_000_000),
        element(Ebml.TRACKS, Ebml.track(1, "V_MJPEG", 64, 48), subtitles), Ebml.cluster(0, jpegs)));
    add("subtitles-only.mkv", "subtitles and no pictures", Outcome.rejected(), Ebml.file(Ebml.info(40_000_000), element(Ebml.TRACKS, subtitles),
        element(Ebml.CLUSTER, number(0xe7, 0), element(0xa3, new byte[] {(byte) 0x82, 0, 0, 0}, Bytes.text("words")))));
  }

  private byte[] tagged(int count) {
    byte[][] tags = new byte[count][];
    Arrays.setAll(tags, i -> element(0x67c8, Ebml.text(0x45a3, "TAG" + i), Ebml.text(0x4487, "value")));
    return Ebml.file(Ebml.info(40_000_000), element(Ebml.TAGS, element(0x7373, element(0x63c0), Bytes.of(tags).done())),
        element(Ebml.TRACKS, Ebml.track(1, "V_MJPEG", 64, 48)), Ebml.cluster(0, jpegs));
  }
}
