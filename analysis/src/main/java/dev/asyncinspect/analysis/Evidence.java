package dev.asyncinspect.analysis;

import dev.asyncinspect.model.Provenance;

/**
 * One reason to believe a finding.
 *
 * @param statement a sentence a person can check
 * @param provenance how we know it
 */
public record Evidence(String statement, Provenance provenance) {

    static Evidence observed(String statement) {
        return new Evidence(statement, Provenance.OBSERVED);
    }

    static Evidence inferred(String statement) {
        return new Evidence(statement, Provenance.INFERRED);
    }
}
