package dev.asyncinspect.agent.jdk;

/** Reads the objects of some JDK classes. */
interface ObjectReader {

    /** Tells what this object says, if it is one of ours. */
    boolean read(Object object, Sample sample);
}
