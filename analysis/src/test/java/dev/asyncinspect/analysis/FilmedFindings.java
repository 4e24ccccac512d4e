package dev.asyncinspect.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncinspect.model.Film;
import dev.asyncinspect.model.History;
import java.util.List;

/** What the analysis says of a recording that a test makes up. */
final class FilmedFindings {

    private FilmedFindings() {}

    static List<Finding> of(Film film) {
        return Analysis.of(History.of(film.recording()));
    }

    static Finding only(Film film) {
        List<Finding> findings = of(film);
        assertThat(findings).extracting(Finding::kind).hasSize(1);
        return findings.get(0);
    }
}
