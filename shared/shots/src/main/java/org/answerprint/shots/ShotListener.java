package org.answerprint.shots;

/** Hears of shots, in order, each once. */
@FunctionalInterface
public interface ShotListener {

  /** A shot has closed: its extent and both changes around it are final. */
  void shotClosed(DetectedShot shot);
}
