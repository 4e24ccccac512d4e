package dev.asyncinspect.core.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChannelTest {

    @Test
    void values_arrive_in_order_through_a_channel_that_is_smaller() throws InterruptedException {
        Channel<Integer> channel = Channel.bounded("numbers", 3);
        Thread sender = new Thread(() -> {
            for (int i = 0; i < 1_000; i++) {
                send(channel, i);
            }
            channel.close();
        });
        sender.start();
        List<Integer> received = new ArrayList<>();
        Integer next = channel.receive();
        while (next != null) {
            received.add(next);
            next = channel.receive();
        }
        sender.join();

        assertThat(received).hasSize(1_000).isSorted();
        ChannelMetrics metrics = channel.metrics();
        assertThat(metrics.sent()).isEqualTo(1_000);
        assertThat(metrics.received()).isEqualTo(1_000);
        assertThat(metrics.buffered()).isZero();
        assertThat(metrics.closed()).isTrue();
        assertThat(metrics.sendWaits() == 0).isEqualTo(metrics.sendWaitNanos() == 0);
    }

    @Test
    void a_sender_waits_for_room_and_is_counted() throws InterruptedException {
        Channel<String> channel = Channel.bounded("small", 1);
        assertThat(channel.send("first")).isTrue();
        assertThat(channel.trySend("no room")).isFalse();
        Thread sender = new Thread(() -> send(channel, "second"));
        sender.start();
        while (sender.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        assertThat(channel.receive()).isEqualTo("first");
        assertThat(channel.receive()).isEqualTo("second");
        sender.join();

        assertThat(channel.metrics().sendWaits()).isEqualTo(1);
        assertThat(channel.metrics().sendWaitNanos()).isPositive();
        assertThat(channel.metrics().sendWaitRate()).isEqualTo(0.5);
        assertThat(channel.metrics().receiveWaitRate()).isBetween(0.0, 0.5); // the second may not have been there yet
    }

    @Test
    void a_closed_channel_gives_what_is_in_it_and_takes_nothing() throws InterruptedException {
        Channel<String> channel = Channel.unbounded("last");
        channel.send("kept");
        channel.close();

        assertThat(channel.send("late")).isFalse();
        assertThat(channel.receive()).isEqualTo("kept");
        assertThat(channel.receive()).isNull();
        assertThat(channel.tryReceive()).isNull();
    }

    @Test
    void who_waits_goes_on_when_the_channel_is_closed() throws InterruptedException {
        Channel<String> channel = Channel.unbounded("idle");
        List<String> received = new ArrayList<>();
        Thread receiver = new Thread(() -> {
            try {
                received.add(String.valueOf(channel.receive()));
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        receiver.start();
        while (receiver.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        channel.close();
        receiver.join();

        assertThat(received).containsExactly("null");
        assertThat(channel.metrics().receiveWaits()).isEqualTo(1);
    }

    @Test
    void one_shot_takes_one_value() throws InterruptedException {
        OneShot<String> answer = new OneShot<>("answer");

        assertThat(answer.send("yes")).isTrue();
        assertThat(answer.send("no")).isFalse();
        assertThat(answer.receive()).isEqualTo("yes");
        assertThat(answer.receive()).isNull();
        assertThat(answer.metrics().sent()).isEqualTo(1);
    }

    @Test
    void one_shot_closed_without_a_value_gives_none() throws InterruptedException {
        OneShot<String> answer = new OneShot<>("answer");
        answer.close();

        assertThat(answer.receive()).isNull();
        assertThat(answer.send("late")).isFalse();
    }

    @Test
    void a_broadcast_reaches_everybody_and_counts_what_the_slow_ones_lost() throws InterruptedException {
        Broadcast<Integer> news = new Broadcast<>("news", 2);
        try (Broadcast.Subscriber<Integer> quick = news.subscribe();
                Broadcast.Subscriber<Integer> slow = news.subscribe()) {
            for (int i = 0; i < 5; i++) {
                news.send(i);
                assertThat(quick.receive()).isEqualTo(i);
            }
            assertThat(slow.receive()).isZero();
            assertThat(slow.receive()).isEqualTo(1);
            assertThat(slow.lagged()).isEqualTo(3);
            assertThat(quick.lagged()).isZero();
            assertThat(news.subscriberCount()).isEqualTo(2);
            news.close();
            assertThat(slow.receive()).isNull();
        }
        assertThat(news.subscriberCount()).isZero();
    }

    @Test
    void a_channel_without_room_is_refused() {
        assertThatThrownBy(() -> Channel.bounded("none", 0)).hasMessage("a channel has room for 1 value or more: 0");
    }

    private static <T> void send(Channel<T> channel, T value) {
        try {
            channel.send(value);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
