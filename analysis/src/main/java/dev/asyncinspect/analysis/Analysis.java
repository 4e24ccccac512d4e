package dev.asyncinspect.analysis;

import dev.asyncinspect.model.History;
import java.util.List;

/** The front door: asks a history the whole list of questions. */
public final class Analysis {

    private Analysis() {}

    /** All findings of this history, worst first; empty if nothing is wrong as far as the history shows. */
    public static List<Finding> of(History history) {
        return List.of();
    }
}
