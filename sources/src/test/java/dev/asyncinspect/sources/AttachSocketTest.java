package dev.asyncinspect.sources;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncinspect.testkit.Jdk;
import dev.asyncinspect.testkit.Jdks;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The JVM is played by a socket that answers each connection once. */
class AttachSocketTest {

    private static final int FEW = 3;
    private static final String OF_VERSION_2 = "0\n2 streaming";

    @TempDir
    Path folder;

    private final List<String> requests = new ArrayList<>();

    @Test
    void a_jvm_of_version_2_is_asked_to_answer_in_one_piece() throws Exception {
        String answer = ask(FEW, OF_VERSION_2, "0\n\"main\" #1\n");

        assertThat(answer).isEqualTo("\"main\" #1\n");
        assertThat(requests)
                .containsExactly("1\0getversion\0options\0\0\0", "2\0" + "33\0jcmd streaming=0\0Thread.print -l\0");
    }

    @Test
    void an_older_jvm_is_asked_as_it_understands() throws Exception {
        String answer = ask(FEW, "1\nOperation getversion not recognized!", "0\ntext");

        assertThat(answer).isEqualTo("text");
        assertThat(requests.get(1)).isEqualTo("1\0jcmd\0Thread.print -l\0\0\0");
    }

    @Test
    void a_jvm_of_many_threads_need_not_keep_its_answer_in_memory() throws Exception {
        assertThat(ask(AttachSocket.MOST_THREADS + 1, "0\ntext")).isEqualTo("text");
        assertThat(requests).containsExactly("1\0jcmd\0Thread.print -l\0\0\0");
    }

    @Test
    void a_refusal_or_no_answer_is_none() throws Exception {
        assertThat(ask(AttachSocket.MOST_THREADS + 1, "-1\nUnknown diagnostic command"))
                .isNull();
        assertThat(ask(AttachSocket.MOST_THREADS + 1, "")).isNull();
        assertThat(AttachSocket.at(folder.resolve("nobody"), FEW).jcmd("VM.version"))
                .isNull();
    }

    @Test
    void an_answer_of_any_size_comes_whole() throws Exception {
        for (int length : new int[] {0, 65_535, 65_536, 65_537, 300_000}) {
            String text = "x".repeat(length);
            assertThat(ask(AttachSocket.MOST_THREADS + 1, "0\n" + text)).isEqualTo(text);
        }
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void a_real_jvm_answers_what_it_answers_to_the_jdks_own_client(Jdk jdk) throws Exception {
        try (Target target = Target.start(Path.of(jdk.tool("java")), folder, 3)) {
            Process jcmd =
                    new ProcessBuilder(jdk.tool("jcmd"), String.valueOf(target.pid()), "VM.command_line").start();
            String theirs = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            AttachSocket socket = AttachSocket.of(target.pid());

            assertThat(socket).isNotNull();
            assertThat(theirs).isEqualTo(target.pid() + ":\n" + socket.jcmd("VM.command_line"));
            assertThat(socket.jcmd("No.such_command")).isNull();
        }
    }

    private static List<Jdk> jdks() {
        return Jdks.onThisMachine().of(17, 21, 25);
    }

    private @Nullable String ask(int threads, String... answers) throws Exception {
        requests.clear();
        Path socket = folder.resolve("java_pid" + answers.length + answers[0].length());
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(socket));
            CompletableFuture<Void> played = CompletableFuture.runAsync(() -> play(server, answers));
            AnswerText answer = AttachSocket.at(socket, threads).jcmd("Thread.print -l");
            played.get();
            return answer == null ? null : answer.toString();
        }
    }

    private void play(ServerSocketChannel server, String... answers) {
        for (String answer : answers) {
            try (SocketChannel client = server.accept()) {
                ByteBuffer request = ByteBuffer.allocate(200); // a request comes as a whole: it was written so
                client.read(request);
                requests.add(new String(request.array(), 0, request.position(), StandardCharsets.UTF_8));
                client.write(ByteBuffer.wrap(answer.getBytes(StandardCharsets.UTF_8)));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
