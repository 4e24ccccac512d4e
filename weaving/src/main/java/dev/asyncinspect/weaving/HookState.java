package dev.asyncinspect.weaving;

/**
 * How one hook fares: a line of the hook table.
 *
 * @param name of the hook
 * @param where the place it is meant for
 * @param status whether it works
 * @param detail why not; for one that is on, how it was found to fit
 * @param places how many places it is woven into
 * @param failures how often its action threw
 */
public record HookState(String name, String where, Status status, String detail, int places, long failures) {

    /** Whether a hook works. */
    public enum Status {
        /** Not woven yet: its class is not loaded. */
        PENDING,
        ON,
        /** The class of this JVM is another one than the hook was made for. */
        SKIPPED,
        /** It failed too often and was switched off. */
        DISABLED,
        /** Taken out again. */
        REMOVED
    }
}
