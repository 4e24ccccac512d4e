package dev.asyncinspect.model;

/**
 * Something that a snapshot could not see.
 *
 * @param what what is missing: {@code owners of java.util.concurrent locks of virtual threads}
 * @param remedy how to see it: {@code attach to see}; empty if there is no way
 */
public record Gap(String what, String remedy) {

    @Override
    public String toString() {
        return remedy.isEmpty() ? what : what + " (" + remedy + ")";
    }
}
