package dev.asyncinspect.weaving.program;

/** Tells which calls are awaits. */
@FunctionalInterface
interface AwaitQuestion {

    /** Whether a call of this method of that class, by internal name, can block. */
    boolean isAwait(String owner, String method);
}
