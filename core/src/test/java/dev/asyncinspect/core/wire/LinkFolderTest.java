package dev.asyncinspect.core.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LinkFolderTest {

    @TempDir
    Path parent;

    private Path folder;

    @BeforeEach
    void name() {
        folder = parent.resolve("async-inspect-test");
    }

    @Test
    void a_new_folder_is_closed_to_others() throws IOException {
        LinkFolder.create(folder);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
                .isEqualTo("rwx------");
    }

    @Test
    void a_folder_that_is_there_and_closed_is_taken() throws IOException {
        LinkFolder.create(folder);
        LinkFolder.create(folder);

        assertThat(LinkFolder.requirePrivate(folder)).isEqualTo(Files.getOwner(parent));
    }

    @Test
    void a_folder_open_to_others_is_refused() throws IOException {
        Files.createDirectory(folder);
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x---"));

        assertThatThrownBy(() -> LinkFolder.create(folder))
                .isInstanceOf(IOException.class)
                .hasMessage(folder + " is open to other users: rwx--x--- instead of rwx------");
    }

    @Test
    void a_symbolic_link_is_refused_even_to_a_closed_folder() throws IOException {
        Path closed = parent.resolve("closed");
        LinkFolder.create(closed);
        Files.createSymbolicLink(folder, closed);

        assertThatThrownBy(() -> LinkFolder.create(folder))
                .isInstanceOf(IOException.class)
                .hasMessage(folder + " is no folder but a symbolic link or a file");
    }

    @Test
    void a_file_is_refused() throws IOException {
        Files.createFile(folder);

        assertThatThrownBy(() -> LinkFolder.create(folder))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("is no folder");
    }
}
