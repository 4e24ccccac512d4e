package dev.asyncinspect.examples.healthy;

import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.client.ActiveMQClient;
import org.apache.activemq.artemis.api.core.client.ClientConsumer;
import org.apache.activemq.artemis.api.core.client.ClientMessage;
import org.apache.activemq.artemis.api.core.client.ClientProducer;
import org.apache.activemq.artemis.api.core.client.ClientSession;
import org.apache.activemq.artemis.api.core.client.ClientSessionFactory;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;

/** A message broker, Apache ActiveMQ Artemis, with senders and receivers in one JVM. */
public final class ArtemisOrders {

    private static final int SENDERS = 4;

    private ArtemisOrders() {}

    public static void main(String[] args) throws Exception {
        EmbeddedActiveMQ broker = new EmbeddedActiveMQ();
        broker.setConfiguration(new ConfigurationImpl()
                .setPersistenceEnabled(false)
                .setSecurityEnabled(false)
                .addAcceptorConfiguration("in-vm", "vm://0"));
        broker.start();
        ClientSessionFactory factory =
                ActiveMQClient.createServerLocator("vm://0").createSessionFactory();
        ClientSession[] sessions = new ClientSession[2 * SENDERS];
        ClientProducer[] senders = new ClientProducer[SENDERS];
        ClientConsumer[] receivers = new ClientConsumer[SENDERS];
        for (int i = 0; i < SENDERS; i++) {
            sessions[i] = factory.createSession();
            sessions[SENDERS + i] = factory.createSession();
            sessions[i].createQueue(QueueConfiguration.of("orders-" + i).setRoutingType(RoutingType.ANYCAST));
            senders[i] = sessions[i].createProducer("orders-" + i);
            receivers[i] = sessions[SENDERS + i].createConsumer("orders-" + i);
            sessions[SENDERS + i].start();
        }
        Load.of(2 * SENDERS, (worker, round) -> {
            if (worker < SENDERS) {
                ClientMessage order = sessions[worker].createMessage(false);
                order.getBodyBuffer().writeString("order " + round);
                senders[worker].send(order);
                return;
            }
            ClientMessage received = receivers[worker - SENDERS].receive(5_000);
            if (received != null) {
                received.acknowledge();
            }
        });
    }
}
