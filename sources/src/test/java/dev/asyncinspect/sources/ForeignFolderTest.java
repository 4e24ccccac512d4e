package dev.asyncinspect.sources;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ForeignFolderTest {

    @TempDir
    Path temporary;

    @Test
    void it_is_removed_with_its_files_and_a_second_time_is_no_error() throws Exception {
        ForeignFolder folder = ForeignFolder.create(temporary, "ours");
        Files.createFile(folder.path().resolve("heap.hprof"));
        folder.remove();
        assertThat(temporary).isEmptyDirectory();
        folder.remove();
    }

    @Test
    void it_is_removed_when_the_process_in_whose_root_it_was_made_is_gone() throws Exception {
        Process process = new ProcessBuilder("sleep", "600").start();
        Path seen = ProcFs.root(process.pid()).resolve(Path.of("/").relativize(temporary));
        ForeignFolder folder = ForeignFolder.create(seen, "ours");
        Files.createFile(folder.path().resolve("heap.hprof"));
        process.destroyForcibly().waitFor();
        assertThat(seen).doesNotExist();
        assertThat(temporary.resolve("ours")).isNotEmptyDirectory();

        folder.remove();
        assertThat(temporary).isEmptyDirectory();
    }

    @Test
    void what_a_link_in_it_points_to_stays() throws Exception {
        Path others = Files.createDirectory(temporary.resolve("others"));
        Files.createFile(others.resolve("file"));
        ForeignFolder folder = ForeignFolder.create(temporary, "ours");
        Files.createSymbolicLink(folder.path().resolve("link"), others);
        folder.remove();
        assertThat(others).isNotEmptyDirectory();
        assertThat(folder.path()).doesNotExist();
    }
}
