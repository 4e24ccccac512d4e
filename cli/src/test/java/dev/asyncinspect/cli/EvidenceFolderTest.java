package dev.asyncinspect.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
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

    @Test
    void why_a_place_cannot_be_written_to_is_told_in_words() {
        assertThat(Failures.ofFile(new AccessDeniedException("/root/hang"))).isEqualTo("/root/hang: no permission");
        assertThat(Failures.ofFile(new NoSuchFileException("/proc/x"))).isEqualTo("/proc/x: it cannot be made");
        assertThat(Failures.ofFile(new FileAlreadyExistsException("/etc/hosts")))
                .isEqualTo("/etc/hosts: it is no folder");
        assertThat(Failures.ofFile(new FileSystemException("/full/hang", null, "No space left on device")))
                .isEqualTo("/full/hang: No space left on device");
        assertThat(Failures.ofFile(new IOException("cannot write /x: is the disk full?")))
                .isEqualTo("cannot write /x: is the disk full?");
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
