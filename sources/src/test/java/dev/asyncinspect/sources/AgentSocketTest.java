package dev.asyncinspect.sources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.asyncinspect.core.wire.LinkFolder;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgentSocketTest {

    private static final long SELF = ProcessHandle.current().pid();

    @TempDir
    Path parent;

    private Path folder;
    private AgentSocket socket;

    @BeforeEach
    void name() {
        folder = parent.resolve("async-inspect-test");
        Path path = folder.resolve(SELF + ".sock");
        socket = new AgentSocket(path, path, ProcFs.userId(SELF));
    }

    @Test
    void the_place_is_named_by_user_and_process() {
        AgentSocket place = AgentSocket.of(SELF);

        assertThat(place.inTarget()).hasToString("/tmp/async-inspect-" + ProcFs.userId(SELF) + "/" + SELF + ".sock");
        assertThat(place.here()).hasToString("/proc/" + SELF + "/root" + place.inTarget());
    }

    @Test
    void where_nobody_listens_there_is_no_connection() throws IOException {
        assertThat(socket.connect()).isNull();

        listen(socket.here()).close(); // the file stays

        assertThat(socket.here()).exists();
        assertThat(socket.connect()).isNull();
    }

    @Test
    void a_socket_in_a_folder_open_to_others_is_not_used() throws IOException {
        try (ServerSocketChannel server = listen(socket.here())) {
            assertThat(server.isOpen()).isTrue();
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));

            assertThatThrownBy(socket::connect)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("is open to other users");
        }
    }

    @Test
    void a_socket_in_a_folder_of_another_user_is_not_used() throws IOException {
        try (ServerSocketChannel server = listen(socket.here())) {
            assertThat(server.isOpen()).isTrue();
            AgentSocket ofNobody = new AgentSocket(socket.inTarget(), socket.here(), "65534");

            assertThatThrownBy(ofNobody::connect)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("not to that of the process");
        }
    }

    @Test
    void sockets_of_dead_processes_are_removed_and_others_stay() throws IOException, InterruptedException {
        Process dead = new ProcessBuilder("true").start();
        dead.waitFor();
        Path stale = folder.resolve(dead.pid() + ".sock");
        Path strange = folder.resolve("strange.sock");
        listen(stale).close();
        Files.createFile(strange);
        try (ServerSocketChannel server = listen(socket.here())) {
            assertThat(server.isOpen()).isTrue();

            socket.removeStale(SELF);

            assertThat(stale).doesNotExist();
            assertThat(strange).exists();
            assertThat(socket.connect()).isNotNull().satisfies(channel -> channel.close());
        }
    }

    @Test
    void a_socket_that_answers_stays_even_if_we_know_no_such_process() throws IOException, InterruptedException {
        Process dead = new ProcessBuilder("true").start();
        dead.waitFor();
        Path elsewhere = folder.resolve(dead.pid() + ".sock");
        try (ServerSocketChannel server = listen(elsewhere)) {
            assertThat(server.isOpen()).isTrue();

            socket.removeStale(SELF);

            assertThat(elsewhere).exists();
        }
    }

    private ServerSocketChannel listen(Path path) throws IOException {
        LinkFolder.create(folder);
        return ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(UnixDomainSocketAddress.of(path));
    }
}
