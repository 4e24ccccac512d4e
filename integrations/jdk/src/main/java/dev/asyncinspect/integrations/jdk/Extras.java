package dev.asyncinspect.integrations.jdk;

/**
 * What is recorded only for who asks, because it costs a look at the stack, some microseconds each.
 *
 * @param sites the line that submits a task
 * @param locks who takes {@code ReentrantLock}s and write locks, in which order and at which line
 */
public record Extras(boolean sites, boolean locks) {

    /** Nothing of it. */
    public static final Extras NONE = new Extras(false, false);
}
