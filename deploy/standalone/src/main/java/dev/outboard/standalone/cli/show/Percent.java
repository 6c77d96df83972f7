package dev.outboard.standalone.cli.show;

/** Progress as whole per cent; it reads 100 only when all is done. */
public final class Percent {
    private Percent() {}

    public static String of(double progress) {
        return (int) (clamped(progress) * 100 + 1e-9) + " %";
    }

    static double clamped(double progress) {
        return Math.clamp(progress, 0.0, 1.0);
    }
}
