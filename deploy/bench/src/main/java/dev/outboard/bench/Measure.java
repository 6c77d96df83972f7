package dev.outboard.bench;

import java.time.Duration;
import java.util.List;

/** Figures that are taken together. */
interface Measure {
    /** Of its results, in order. */
    List<String> names();

    /** What it takes, about. */
    Duration time(Plan plan);

    List<Result> run(Rig rig, Rounds rounds) throws Exception;
}
