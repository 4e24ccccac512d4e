package dev.asyncinspect.cli.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeptFoldersTest {

    @TempDir
    Path place;

    private void prune() throws IOException {
        new KeptFolders(place, Pattern.compile("\\d\\d-ours"), 2).prune();
    }

    private Path folder(String name) throws IOException {
        Path folder = Files.createDirectories(place.resolve(name));
        Files.writeString(folder.resolve("why.txt"), name);
        return folder;
    }

    @Test
    void the_oldest_go() throws IOException {
        for (int i = 10; i < 15; i++) {
            folder(i + "-ours");
        }
        prune();
        assertThat(place).isDirectoryNotContaining("glob:**/1{0,1,2}-ours").isDirectoryContaining("glob:**/13-ours");
        assertThat(place.resolve("14-ours/why.txt")).hasContent("14-ours");
    }

    @Test
    void what_is_not_of_our_form_stays_whatever_there_is() throws IOException {
        for (int i = 10; i < 15; i++) {
            folder(i + "-ours");
            folder(i + "-theirs");
        }
        Files.writeString(place.resolve("01-ours"), "a file");
        prune();
        for (int i = 10; i < 15; i++) {
            assertThat(place.resolve(i + "-theirs/why.txt")).exists();
        }
        assertThat(place.resolve("01-ours")).exists();
    }

    @Test
    void a_folder_that_somebody_put_a_folder_into_stays_whole() throws IOException {
        for (int i = 10; i < 15; i++) {
            folder(i + "-ours");
        }
        Path notes = folder("10-ours/notes");
        prune();
        assertThat(notes.resolve("why.txt")).exists();
        assertThat(place.resolve("10-ours/why.txt")).exists();
        assertThat(place.resolve("11-ours")).doesNotExist();
    }
}
