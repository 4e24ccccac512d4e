package dev.asyncinspect.examples.clinic;

/** What a thread of a story does. */
@FunctionalInterface
interface Work {

    void run() throws Exception;
}
