package dev.asyncinspect.integrations.jdk;

/**
 * What is recorded only for who asks, because it costs more than the rest; of lines, a look at the stack, some microseconds each.
 *
 * @param sites the line that submits a task
 * @param locks who takes {@code ReentrantLock}s and write locks, in which order and at which line
 * @param context which scoped values are bound where tasks are created, and are read where they are not bound
 */
public record Extras(boolean sites, boolean locks, boolean context) {

    /** Nothing of it. */
    public static final Extras NONE = new Extras(false, false, false);
}
