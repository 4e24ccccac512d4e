package dev.asyncinspect.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FindingPagesTest {

    private static final Path PROJECT = Path.of("..");

    @Test
    void every_finding_has_its_page_and_every_page_its_finding() throws IOException {
        List<String> expected = Arrays.stream(FindingKind.values())
                .map(kind -> kind.id() + ".md")
                .sorted()
                .toList();
        try (Stream<Path> pages = Files.list(PROJECT.resolve("docs/findings"))) {
            assertThat(pages.map(page -> page.getFileName().toString())
                            .filter(name -> !name.equals("README.md"))
                            .sorted())
                    .containsExactlyElementsOf(expected);
        }
    }

    @Test
    void every_page_says_what_it_means_how_sure_it_is_and_what_to_change() throws IOException {
        for (FindingKind kind : FindingKind.values()) {
            assertThat(Files.readString(PROJECT.resolve(kind.docPage())))
                    .as(kind.docPage())
                    .startsWith("# `" + kind.id() + "`")
                    .contains("## What it means", "## How it is found", "## How sure", "## What to change");
        }
    }
}
