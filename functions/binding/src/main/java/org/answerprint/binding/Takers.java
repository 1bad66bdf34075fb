package org.answerprint.binding;

import java.util.List;

/** A stage that takes messages; a bean for each. */
public interface Takers {

  List<Taker> takers();
}
