package dev.asyncinspect.examples.clinic;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/** Makes virtual threads by reflection, because the clinic is compiled for Java 17. */
final class VirtualThreads {

    private static final String PARALLELISM = "jdk.virtualThreadScheduler.parallelism";
    private static final String MAX_POOL_SIZE = "jdk.virtualThreadScheduler.maxPoolSize";
    private static final int MOST_CARRIERS = 256;

    private VirtualThreads() {}

    /** Whether this JVM has them: from 21 on (in 19 and 20 they were a preview). */
    static boolean available() {
        return Runtime.version().feature() >= 21;
    }

    /** A virtual thread that is not started yet. */
    static Thread unstarted(String name, Runnable work) {
        try {
            Object builder = Handles.OF_VIRTUAL.invoke();
            return (Thread) Handles.UNSTARTED.invoke(Handles.NAME.invoke(builder, name), work);
        } catch (Throwable e) {
            throw new IllegalStateException("no virtual thread on " + Runtime.version(), e);
        }
    }

    /**
     * Sees to it that this many virtual threads can block at once. Until 24 a thread that blocks inside a monitor keeps its
     * carrier, and a class initialiser keeps it to this day: with a carrier for each processor, a small machine would
     * stand still before the story has reached its end. Works only before the first virtual thread is made.
     */
    static void allowBlocked(int threads) {
        int carriers = Math.max(Runtime.getRuntime().availableProcessors(), Math.min(threads, MOST_CARRIERS));
        setUnlessGiven(PARALLELISM, carriers);
    }

    /** Fixes the number of carriers, and returns it: what is given on the command line of the JVM goes first. */
    static int fixCarriers(int wanted) {
        int carriers = Integer.getInteger(PARALLELISM, wanted);
        setUnlessGiven(PARALLELISM, carriers);
        setUnlessGiven(MAX_POOL_SIZE, carriers);
        return carriers;
    }

    private static void setUnlessGiven(String property, int value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, String.valueOf(value));
        }
    }

    /** Looked up at first use, which on a JVM without virtual threads never comes. */
    private static final class Handles {

        static final MethodHandle OF_VIRTUAL;
        static final MethodHandle NAME;
        static final MethodHandle UNSTARTED;

        static {
            MethodHandles.Lookup lookup = MethodHandles.publicLookup();
            try {
                Class<?> builder = Class.forName("java.lang.Thread$Builder$OfVirtual");
                OF_VIRTUAL = lookup.findStatic(Thread.class, "ofVirtual", MethodType.methodType(builder));
                NAME = lookup.findVirtual(builder, "name", MethodType.methodType(builder, String.class));
                UNSTARTED =
                        lookup.findVirtual(builder, "unstarted", MethodType.methodType(Thread.class, Runnable.class));
            } catch (ReflectiveOperationException e) {
                throw new ExceptionInInitializerError(e);
            }
        }
    }
}
