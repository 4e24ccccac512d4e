package dev.asyncinspect.examples.healthy;

import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.tools.StorageTool;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.common.utils.Time;

/** One Kafka node, broker and controller, with producers and consumers in the same JVM. */
public final class KafkaLog {

    private static final int PRODUCERS = 2;

    private KafkaLog() {}

    public static void main(String[] args) throws Exception {
        int port = freePort();
        int controller = freePort();
        Path folder = Files.createTempDirectory("kafka");
        Properties node = new Properties();
        node.putAll(Map.of(
                "process.roles", "broker,controller",
                "node.id", "1",
                "controller.quorum.voters", "1@127.0.0.1:" + controller,
                "listeners", "PLAINTEXT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controller,
                "advertised.listeners", "PLAINTEXT://127.0.0.1:" + port,
                "controller.listener.names", "CONTROLLER",
                "offsets.topic.replication.factor", "1",
                "group.initial.rebalance.delay.ms", "0",
                "log.dirs", folder.resolve("log").toString()));
        Path properties = folder.resolve("node.properties");
        try (var out = Files.newOutputStream(properties)) {
            node.store(out, null);
        }
        StorageTool.execute(
                new String[] {"format", "-t", "MkU3OEVBNTcwNTJENDM2Qk", "-c", properties.toString()},
                new PrintStream(PrintStream.nullOutputStream()));
        new KafkaRaftServer(new KafkaConfig(node), Time.SYSTEM).startup();
        Map<String, Object> clients = Map.of("bootstrap.servers", "127.0.0.1:" + port, "group.id", "readers");
        List<KafkaProducer<String, String>> producers = List.of(producer(clients), producer(clients));
        List<KafkaConsumer<String, String>> consumers = List.of(consumer(clients), consumer(clients));
        Load.of(2 * PRODUCERS, (worker, round) -> {
            if (worker < PRODUCERS) {
                producers
                        .get(worker)
                        .send(new ProducerRecord<>("orders", "order " + round))
                        .get();
            } else {
                consumers.get(worker - PRODUCERS).poll(Duration.ofMillis(20));
            }
        });
    }

    private static KafkaProducer<String, String> producer(Map<String, Object> settings) {
        return new KafkaProducer<>(without(settings, "group.id"), new StringSerializer(), new StringSerializer());
    }

    private static KafkaConsumer<String, String> consumer(Map<String, Object> settings) {
        KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer());
        consumer.subscribe(List.of("orders"));
        return consumer;
    }

    private static Map<String, Object> without(Map<String, Object> settings, String key) {
        Map<String, Object> fewer = new java.util.HashMap<>(settings);
        fewer.remove(key);
        return fewer;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
