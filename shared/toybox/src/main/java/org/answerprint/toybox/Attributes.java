package org.answerprint.toybox;

import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Everything about a scene that a caption says. There are 6912 of them for every camera move.
 *
 * @param pattern what is painted on the object
 * @param colour the object's colour
 * @param material what the object is made of
 * @param shape the object's form
 * @param motion what the object does
 * @param place where it stands
 * @param camera what the camera does
 */
public record Attributes(
    Pattern pattern,
    ToyColour colour,
    Material material,
    Shape shape,
    Motion motion,
    Place place,
    CameraMove camera) {

  private static final java.util.regex.Pattern CAPTION = java.util.regex.Pattern.compile(
      "a %s %s %s %s %s on %s(?: %s)?".formatted(
      group("pattern", Stream.of(Pattern.values()).map(Pattern::words)),
      group("colour", Stream.of(ToyColour.values()).map(ToyColour::words)),
      group("material", Stream.of(Material.values()).map(Material::words)),
      group("shape", Stream.of(Shape.values()).map(Shape::words)),
      group("motion", Stream.of(Motion.values()).map(Motion::words)),
      group("place", Stream.of(Place.values()).map(Place::words)),
      group("camera", Stream.of(CameraMove.values()).map(CameraMove::words))));

  /** Refuses nulls. */
  public Attributes {
    Objects.requireNonNull(pattern, "pattern");
    Objects.requireNonNull(colour, "colour");
    Objects.requireNonNull(material, "material");
    Objects.requireNonNull(shape, "shape");
    Objects.requireNonNull(motion, "motion");
    Objects.requireNonNull(place, "place");
    Objects.requireNonNull(camera, "camera");
  }

  /** Everything a clip's caption can say under a still camera: 6912 elements in a fixed order. */
  public static Stream<Attributes> all() {
    return Stream.of(Pattern.values()).flatMap(pattern ->
        Stream.of(ToyColour.values()).flatMap(colour ->
        Stream.of(Material.values()).flatMap(material ->
        Stream.of(Shape.values()).flatMap(shape ->
        Stream.of(Motion.values()).flatMap(motion ->
        Stream.of(Place.values()).map(place ->
            new Attributes(pattern, colour, material, shape, motion, place, CameraMove.STILL)))))));
  }

  /** What a caption written by {@link #caption()} says, or empty where the text is not such a caption. */
  public static Optional<Attributes> of(String caption) {
    var match = CAPTION.matcher(caption);
    if (!match.matches()) {
      return Optional.empty();
    }
    return Optional.of(new Attributes(
        Pattern.of(match.group("pattern")).orElseThrow(),
        ToyColour.of(match.group("colour")).orElseThrow(),
        Material.of(match.group("material")).orElseThrow(),
        Shape.of(match.group("shape")).orElseThrow(),
        Motion.of(match.group("motion")).orElseThrow(),
        Place.of(match.group("place")).orElseThrow(),
        Optional.ofNullable(match.group("camera")).flatMap(CameraMove::of).orElse(CameraMove.STILL)));
  }

  /** A clip's caption: {@code a striped red metal ball rolling left on grass pan left}. */
  public String caption() {
    return "a %s %s on %s%s".formatted(objectWords(), motion.words(), place.words(), cameraWords());
  }

  /**
   * A single picture's caption, which says nothing of motion or camera move: {@code a striped red metal ball on grass}.
   */
  public String stillCaption() {
    return "a %s on %s".formatted(objectWords(), place.words());
  }

  private String objectWords() {
    return String.join(" ", pattern.words(), colour.words(), material.words(), shape.words());
  }

  private String cameraWords() {
    return camera == CameraMove.STILL ? "" : " " + camera.words();
  }

  private static String group(String name, Stream<String> words) {
    return words.collect(Collectors.joining("|", "(?<" + name + ">", ")"));
  }
}
