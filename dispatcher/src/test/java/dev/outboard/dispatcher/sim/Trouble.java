package dev.outboard.dispatcher.sim;

/** Whether something goes wrong right now. Nothing does once it is calm. */
final class Trouble {
    final Faults faults;
    private final World world;
    private boolean calm;

    Trouble(Faults faults, World world) {
        this.faults = faults;
        this.world = world;
    }

    void end() {
        calm = true;
    }

    boolean over() {
        return calm;
    }

    private boolean strikes(int oneIn) {
        return !calm && world.oneIn(oneIn);
    }

    boolean crash() {
        return strikes(faults.crash());
    }

    boolean freeze() {
        return strikes(faults.freeze());
    }

    boolean expel() {
        return strikes(faults.expel());
    }

    boolean handOver() {
        return strikes(faults.handOver());
    }

    boolean stop() {
        return strikes(faults.stop());
    }

    boolean pauseApi() {
        return strikes(faults.pauseApi());
    }

    boolean api() {
        return strikes(faults.api());
    }

    /** A worker's commit: what became of it is not known. */
    boolean commit() {
        return strikes(faults.commit());
    }

    /** The same of an API's command. */
    boolean append() {
        return strikes(faults.append());
    }

    /** A question to the broker is not answered. */
    boolean question() {
        return strikes(faults.question());
    }

    /** A request to the platform is lost, late, or comes twice. */
    boolean request() {
        return strikes(faults.request());
    }

    boolean reply() {
        return strikes(faults.reply());
    }

    /** The platform does not do as asked: 429, 5xx, a refusal. */
    boolean refuse() {
        return strikes(faults.refuse());
    }

    boolean outage() {
        return strikes(faults.outage());
    }

    /** Somebody writes what is no command. */
    boolean poison() {
        return strikes(faults.poison());
    }

    boolean compact() {
        return strikes(faults.compact());
    }
}
