package dev.asyncinspect.packagedtests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncinspect.testkit.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** What the README and the guides show is what there is. */
class ReadmeTest {

    private static final Path TOP = Path.of("..");
    private static final Path README = TOP.resolve("README.md");
    private static final Pattern LINK = Pattern.compile("]\\(([^)#]+)(#[^)]*)?\\)");
    private static final Pattern COMMAND = Pattern.compile(
            "^ *(?:- |run: |sh '|ExecStart=/usr/bin/)?(?:java -jar (?:/opt/)?async-inspect\\.jar"
                    + "|(?:\\./)?async-inspect) ([^#|\\n]+)",
            Pattern.MULTILINE);
    private static final Pattern SNIPPET = Pattern.compile("```(?:xml|java|)\\n(.*?)```", Pattern.DOTALL);
    private static final Pattern OPTION = Pattern.compile("--[a-z-]+");

    @Test
    void the_answer_that_the_readme_shows_is_the_one_that_the_demo_gives() throws Exception {
        String readme = Files.readString(README);
        int start = readme.indexOf("```\n", readme.indexOf("<!-- demo -->")) + 4;
        String shown = readme.substring(start, readme.indexOf("```", start));
        Ended demo = Shipped.run("demo");
        assertThat(demo.exitCode()).isEqualTo(1);
        assertThat(demo.stdout()).hasSizeGreaterThan(500);
        assertThat(sameInEveryRun(shown)).isEqualTo(sameInEveryRun(demo.stdout()));
    }

    @Test
    void the_picture_shows_that_answer_too() throws Exception {
        String picture = Files.readString(TOP.resolve("docs/images/demo.svg")).replaceAll("<[^>]+>", "");
        assertThat(picture).contains("Deadlock #1 detected!", "held by Task #", "[*] Suggestions:");
    }

    static Stream<Path> pages() throws IOException {
        try (Stream<Path> files = Files.walk(TOP.resolve("docs"))) {
            List<Path> pages = new ArrayList<>(
                    files.filter(file -> file.toString().endsWith(".md")).toList());
            pages.add(README);
            pages.add(TOP.resolve("CONTRIBUTING.md"));
            pages.addAll(examples());
            return pages.stream();
        }
    }

    private static List<Path> examples() {
        return Stream.of(
                        "ci/github-actions.yml",
                        "ci/gitlab-ci.yml",
                        "ci/Jenkinsfile",
                        "watch/async-inspect-watch.service",
                        "watch/side-car.yaml")
                .map(TOP.resolve("examples")::resolve)
                .toList();
    }

    @Test
    void the_examples_for_ci_run_the_build_under_test_and_keep_its_evidence() throws IOException {
        for (Path example : examples().subList(0, 3)) {
            String text = Files.readString(example);
            assertThat(COMMAND.matcher(text).results().map(found -> found.group(1)))
                    .as("%s", example)
                    .singleElement()
                    .asString()
                    .startsWith("test ")
                    .contains("--fail-on-hang", "--evidence target/hang", "-- ./mvnw");
            assertThat(text.split("target/hang", -1)).as("%s keeps it", example).hasSize(3);
        }
        for (Path example : examples()) {
            if (example.toString().endsWith("ml")) {
                assertThat(new YAMLMapper().readTree(Files.readString(example)).size())
                        .as("%s", example)
                        .isGreaterThan(0);
            }
        }
    }

    @Test
    void the_snippets_about_junit_are_those_of_the_project_that_is_tested() throws IOException {
        String page = Files.readString(TOP.resolve("docs/guide/junit.md"));
        Path project = Path.of("src/test/projects/inspected");
        String tested = Files.readString(project.resolve("pom.xml"))
                + Files.readString(project.resolve("src/test/java/example/ToleratedTest.java"));
        Matcher snippet = SNIPPET.matcher(page);
        int found = 0;
        while (snippet.find()) {
            found++;
            assertThat(tested).containsIgnoringWhitespaces(snippet.group(1));
        }
        assertThat(found).isEqualTo(3);
    }

    @ParameterizedTest
    @MethodSource("pages")
    void links_lead_somewhere(Path page) throws IOException {
        Matcher link = LINK.matcher(Files.readString(page));
        while (link.find()) {
            assertThat(page.resolveSibling(link.group(1)).normalize())
                    .as("link in %s", page)
                    .exists();
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void commands_and_options_exist(Path page) throws Exception {
        Matcher command = COMMAND.matcher(Files.readString(page));
        while (command.find()) {
            String[] words = command.group(1).trim().split(" +");
            Ended help = Shipped.run(words[0], "--help");
            assertThat(help.exitCode()).as("%s in %s", words[0], page).isZero();
            Matcher option = OPTION.matcher(command.group(1));
            while (option.find()) {
                assertThat(help.stdout()).as("%s in %s", command.group(), page).contains(option.group());
            }
        }
    }

    private static String sameInEveryRun(String text) {
        return text.replaceAll("pid \\d+", "pid N")
                .replaceAll("0x[0-9a-f]+", "0xN")
                .replaceAll("\\d+ ms|\\d+\\.\\d s", "N ms")
                .replaceAll("#\\d+", "#N")
                .replaceAll("Seen: \\d+ of \\d+", "Seen: N of N")
                .strip();
    }
}
