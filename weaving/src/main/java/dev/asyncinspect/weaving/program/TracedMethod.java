package dev.asyncinspect.weaving.program;

import java.util.ArrayList;
import java.util.List;

/**
 * A method whose awaits are told by name.
 *
 * @param id name and descriptor
 * @param labels of its awaits, in the order of the bytecode: {@code Traced.load::await#2 of 2 (join) Traced.java:41}
 */
record TracedMethod(String id, List<String> labels) {

    /**
     * One of its awaits.
     *
     * @param callee the method that is called, or {@code synchronized}
     * @param line 0 if the class file has no lines
     */
    record Await(String callee, int line) {}

    TracedMethod {
        labels = List.copyOf(labels);
    }

    /**
     * A method and what its awaits are called by.
     *
     * @param name {@code Traced.load}, or what the annotation says
     * @param source name of the source file, empty if the class file has none
     */
    static TracedMethod of(String id, String name, String source, List<Await> awaits) {
        List<String> labels = new ArrayList<>();
        for (int i = 0; i < awaits.size(); i++) {
            Await await = awaits.get(i);
            String place = source.isEmpty() || await.line() == 0 ? "" : " " + source + ":" + await.line();
            labels.add(name + "::await#" + (i + 1) + " of " + awaits.size() + " (" + await.callee() + ")" + place);
        }
        return new TracedMethod(id, labels);
    }
}
