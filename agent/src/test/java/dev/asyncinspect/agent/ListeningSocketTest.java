package dev.asyncinspect.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ListeningSocketTest {

    @TempDir
    private Path folder;

    @Test
    void who_waits_for_clients_when_the_JVM_exits_is_not_in_native_code_and_still_takes_them() throws Exception {
        Path path = folder.resolve("link").resolve("listening.sock");
        try (ListeningSocket socket = ListeningSocket.open(path)) {
            CompletableFuture<SocketChannel> client = new CompletableFuture<>();
            Thread waiting = new Thread(() -> accept(socket, client), "waiting");
            waiting.start();
            until(() -> isIn(waiting, "select"));

            socket.letExit();

            assertThat(isIn(waiting, "select")).isFalse();
            until(() -> isIn(waiting, "parkNanos"));
            try (SocketChannel ours = SocketChannel.open(StandardProtocolFamily.UNIX)) {
                ours.connect(UnixDomainSocketAddress.of(path));
                try (SocketChannel theirs = client.get(60, TimeUnit.SECONDS)) {
                    assertThat(theirs.isConnected()).isTrue();
                }
            }
            waiting.join();
        }
    }

    private static void accept(ListeningSocket socket, CompletableFuture<SocketChannel> client) {
        try {
            client.complete(socket.accept(TimeUnit.MINUTES.toMillis(10)));
        } catch (IOException e) {
            client.completeExceptionally(new UncheckedIOException(e));
        }
    }

    private static boolean isIn(Thread thread, String method) {
        return Arrays.stream(thread.getStackTrace())
                .anyMatch(frame -> frame.getMethodName().equals(method));
    }

    private interface Condition {
        boolean holds();
    }

    private static void until(Condition condition) {
        while (!condition.holds()) {
            Thread.onSpinWait();
        }
    }
}
