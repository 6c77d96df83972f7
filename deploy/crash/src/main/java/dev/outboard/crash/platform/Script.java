package dev.outboard.crash.platform;

import java.util.Random;

/**
 * What happens to one job: how its platform treats it and what its client does. Follows from the run's seed and the job's
 * number alone.
 *
 * @param number from 0
 * @param runsMillis how long it runs on the platform
 * @param repeated its create is sent once more to the other replica after its acknowledgement
 * @param firstCreate what goes wrong with the platform's first create of it
 */
public record Script(long seed, int number, long runsMillis, End end, Cancel cancel, boolean repeated,
        Trouble firstCreate) {
    /** How the platform ends it. */
    public enum End {
        SUCCEED, FAIL,
        /** The first attempt fails for a reason that passes. */
        FAIL_ONCE,
        /** It is not taken in the first place. */
        REFUSE,
        /** Only a cancel ends it. */
        NEVER
    }

    /** When its client cancels it. */
    public enum Cancel {
        NOT, WHILE_SUBMITTING, WHILE_RUNNING
    }

    /** Of the requests that the script says nothing else of. */
    private static final double BAD = 0.06;
    private static final Trouble[] PASSING = {Trouble.BUSY, Trouble.ERROR_BEFORE, Trouble.SLOW};

    public static Script of(long seed, int number) {
        var random = new Random(seed * 1_000_003 + number);
        // neighbours differ, and every kind comes in every hundred: a short run has them all
        int kind = Math.floorMod(number + new Random(seed).nextInt(100), 100);
        var cancel = switch (kind % 20) {
            case 3, 13 -> Cancel.WHILE_SUBMITTING;
            case 7, 16 -> Cancel.WHILE_RUNNING;
            default -> Cancel.NOT;
        };
        return new Script(seed, number, 300 + random.nextInt(3500), end(kind, cancel), cancel, kind % 4 == 1,
                firstCreate(kind, cancel, random));
    }

    private static End end(int kind, Cancel cancel) {
        if (cancel != Cancel.NOT) {
            // some race with the end
            return kind == 36 || kind == 76 ? End.SUCCEED : End.NEVER;
        }
        return switch (kind) {
            case 21, 71 -> End.FAIL;
            case 32, 82 -> End.FAIL_ONCE;
            case 42 -> End.REFUSE;
            default -> End.SUCCEED;
        };
    }

    private static Trouble firstCreate(int kind, Cancel cancel, Random random) {
        if (cancel == Cancel.WHILE_SUBMITTING) {
            return kind % 20 == 3 ? Trouble.HELD : Trouble.LATE;
        }
        return switch (kind % 12) {
            case 5 -> random.nextBoolean() ? Trouble.LOST_AFTER : Trouble.ERROR_AFTER;
            case 8 -> Trouble.LOST_BEFORE;
            case 10 -> PASSING[random.nextInt(PASSING.length)];
            default -> Trouble.NONE;
        };
    }

    /**
     * What goes wrong with a request about this job.
     *
     * @param method a word for what is asked
     * @param call counted from 1, of this method for this job
     */
    Trouble trouble(String method, int call) {
        if (method.equals("create") && call == 1) {
            return firstCreate;
        }
        var random = new Random((seed * 1_000_003 + number) * 31 + method.hashCode() * 17L + call);
        // the generator's first numbers of neighbouring seeds are alike
        random.nextInt();
        if (call > 6 || random.nextDouble() > BAD) {
            return Trouble.NONE;
        }
        var all = Trouble.values();
        // a poll that is held is nothing but late
        return all[1 + random.nextInt(Trouble.SLOW.ordinal())];
    }
}
