package dev.asyncinspect.sources;

import dev.asyncinspect.core.wire.LinkFolder;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/** Somebody at the place of an agent who says whatever bytes a test wants to each client, and then listens. */
final class FakeAgent implements AutoCloseable {

    private final ServerSocketChannel server;
    private final Path socket;
    private final Thread thread;

    private FakeAgent(ServerSocketChannel server, Path socket, byte[] words) {
        this.server = server;
        this.socket = socket;
        this.thread = new Thread(() -> serve(words), "fake agent");
    }

    static FakeAgent at(AgentSocket place, byte[] words) throws IOException {
        LinkFolder.create(place.here().getParent());
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(place.here()));
        FakeAgent agent = new FakeAgent(server, place.here(), words);
        agent.thread.start();
        return agent;
    }

    private void serve(byte[] words) {
        try {
            while (true) {
                try (SocketChannel client = server.accept()) {
                    client.write(ByteBuffer.wrap(words));
                    client.shutdownOutput();
                    while (client.read(ByteBuffer.allocate(1024)) >= 0) {
                        // until the client hangs up
                    }
                }
            }
        } catch (IOException e) {
            // closed: the test is over
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        Files.deleteIfExists(socket);
        joinUninterrupted();
    }

    private void joinUninterrupted() {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
