package dev.asyncinspect.core.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class LinkChannelTest {

    private static final long LONG = Duration.ofSeconds(20).toNanos();
    private static final long SHORT = Duration.ofMillis(50).toNanos();

    @TempDir
    Path folder;

    private SocketChannel near;
    private SocketChannel far;
    private LinkChannel channel;

    @BeforeEach
    void connect() throws IOException {
        UnixDomainSocketAddress address = UnixDomainSocketAddress.of(folder.resolve("s"));
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(address);
            near = SocketChannel.open(address);
            far = server.accept();
        }
        channel = new LinkChannel(near, LONG);
    }

    @AfterEach
    void close() throws IOException {
        channel.close();
        far.close();
    }

    @Test
    void what_one_side_writes_the_other_reads() throws IOException {
        try (LinkChannel other = new LinkChannel(far, LONG);
                OutputStream out = channel.output();
                InputStream in = other.input()) {
            out.write(new byte[] {1, 2, 3});

            assertThat(in.readNBytes(3)).containsExactly(1, 2, 3);
        }
    }

    @Test
    void a_silent_other_side_ends_the_read_at_the_deadline() {
        channel.expireIn(SHORT);

        assertThatThrownBy(() -> channel.input().read()).isInstanceOf(SocketTimeoutException.class);
    }

    @Test
    void an_other_side_that_does_not_read_ends_the_write_at_the_deadline() {
        channel.expireIn(SHORT);

        assertThatThrownBy(() -> channel.output().write(new byte[64 * 1024 * 1024]))
                .isInstanceOf(SocketTimeoutException.class);
    }

    @Test
    void the_end_of_the_other_side_is_the_end_of_the_stream() throws IOException {
        far.close();

        assertThat(channel.input().read()).isEqualTo(-1);
    }

    @Test
    void the_kernel_tells_who_is_at_the_other_end() throws IOException {
        assertThat(PeerCredentials.user(near)).isEqualTo(Files.getOwner(folder));
        assertThat(PeerCredentials.user(far)).isEqualTo(Files.getOwner(folder));
    }
}
