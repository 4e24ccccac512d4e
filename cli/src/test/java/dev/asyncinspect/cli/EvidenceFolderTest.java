package dev.asyncinspect.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvidenceFolderTest {

    @TempDir
    Path place;

    @Test
    void a_folder_appears_only_once_it_is_whole_and_is_for_its_user_only() throws Exception {
        Path named = place.resolve("deep/hang");
        try (EvidenceFolder folder = EvidenceFolder.begin(named)) {
            folder.add("why.txt", out -> out.print("because"));
            assertThat(named).doesNotExist();
            assertThat(folder.finish()).isEqualTo(named);
        }
        assertThat(named.resolve("why.txt")).hasContent("because");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(named)))
                .isEqualTo("rwx------");
        assertThat(names(place.resolve("deep"))).containsExactly("hang");
    }

    @Test
    void what_is_not_finished_is_removed() throws Exception {
        try (EvidenceFolder folder = EvidenceFolder.begin(place.resolve("hang"))) {
            folder.add("why.txt", out -> out.print("because"));
        }
        assertThat(names(place)).isEmpty();
    }

    @Test
    void a_name_that_is_taken_gets_a_number() throws Exception {
        for (String expected : List.of("hang", "hang-2", "hang-3")) {
            try (EvidenceFolder folder = EvidenceFolder.begin(place.resolve("hang"))) {
                assertThat(folder.finish()).isEqualTo(place.resolve(expected));
            }
        }
    }

    @Test
    void a_place_that_cannot_be_written_to_is_an_error_before_anything_is_looked_at() throws Exception {
        Path file = Files.writeString(place.resolve("file"), "");
        assertThatThrownBy(() -> EvidenceFolder.begin(file.resolve("hang"))).isInstanceOf(IOException.class);
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
