package org.answerprint.cli;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.answerprint.runtime.Engine;

/**
 * What {@code models train} was asked for.
 *
 * @param place of this machine
 * @param folder of checkpoints and what is learnt
 * @param engine that computes
 * @param seed other than the usual one
 * @param part the only one that is wanted; all where none is named
 * @param from the name of a model whose weights it begins with, instead of nothing
 * @param steps other than a part's own number
 * @param rate the highest learning rate, other than a part's own
 * @param resume whether to go on from checkpoints, and leave alone what is finished
 * @param news lines of progress
 */
record TrainingOrder(Place place, Path folder, Engine engine, OptionalLong seed, Optional<String> part, Optional<String> from, OptionalLong steps,
    OptionalDouble rate, boolean resume, Consumer<String> news) {}
