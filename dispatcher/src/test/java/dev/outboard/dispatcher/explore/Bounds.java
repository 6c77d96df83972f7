package dev.outboard.dispatcher.explore;

import java.util.EnumSet;
import java.util.Set;

/**
 * What is explored: the commands of one job, which rules hold, and how many faults there may be.
 *
 * @param commands C for a create, D for a cancel, in the order of the log
 * @param losses replies of the platform or of the log that are lost
 * @param timeOuts whether the coordinator ends open transactions of the dead after a while
 */
record Bounds(String commands, int crashes, int expels, int losses, boolean timeOuts, Set<Rule> rules) {

    static Bounds of(String commands, int crashes, int expels, int losses) {
        return new Bounds(commands, crashes, expels, losses, true, EnumSet.allOf(Rule.class));
    }

    Bounds without(Rule rule) {
        var left = EnumSet.copyOf(rules);
        left.remove(rule);
        return new Bounds(commands, crashes, expels, losses, timeOuts, left);
    }

    Bounds withoutTimeOuts() {
        return new Bounds(commands, crashes, expels, losses, false, rules);
    }

    boolean holds(Rule rule) {
        return rules.contains(rule);
    }
}
