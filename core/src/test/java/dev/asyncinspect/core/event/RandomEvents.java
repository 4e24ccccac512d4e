package dev.asyncinspect.core.event;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Events of every kind with arguments at random, the same for the same seed. */
final class RandomEvents {

    private static final int KINDS = 15;

    private final Random random;

    RandomEvents(long seed) {
        random = new Random(seed);
    }

    List<Event> list(int size) {
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            events.add(next());
        }
        return events;
    }

    private Event next() {
        return switch (random.nextInt(KINDS)) {
            case 0 ->
                new Event.Created(random.nextLong(), random.nextLong(), octet(), random.nextInt(), random.nextLong());
            case 1 -> new Event.Named(random.nextLong(), random.nextLong(), random.nextInt(), random.nextLong());
            case 2 -> new Event.PollStart(random.nextLong(), random.nextLong(), random.nextLong());
            case 3 ->
                new Event.PollEnd(random.nextLong(), random.nextLong(), octet(), random.nextInt(), random.nextLong());
            case 4 ->
                new Event.AwaitStart(
                        random.nextLong(), random.nextLong(), octet(), random.nextInt(), random.nextLong());
            case 5 -> new Event.AwaitEnd(random.nextLong(), random.nextLong(), octet(), random.nextLong());
            case 6 -> new Event.Woken(random.nextLong(), random.nextLong(), octet(), random.nextLong());
            case 7 -> new Event.Ended(random.nextLong(), random.nextLong(), octet(), random.nextInt());
            case 8 ->
                new Event.Acquired(
                        random.nextLong(), random.nextLong(), octet(), count(), random.nextInt(), random.nextLong());
            case 9 ->
                new Event.Released(
                        random.nextLong(), random.nextLong(), octet(), count(), random.nextInt(), random.nextLong());
            case 10 -> new Event.Point(random.nextLong(), random.nextLong(), random.nextInt(), random.nextLong());
            case 11 ->
                new Event.Linked(random.nextLong(), random.nextLong(), octet(), random.nextInt(), random.nextLong());
            case 12 ->
                new Event.ResourceNamed(random.nextLong(), octet(), count(), random.nextInt(), random.nextLong());
            case 13 -> new Event.Dropped(random.nextLong(), octet(), random.nextLong());
            default -> new Event.Clock(random.nextLong(), random.nextLong());
        };
    }

    private int octet() {
        return random.nextInt(256);
    }

    private int count() {
        return random.nextInt(EventLayout.MAX_COUNT + 1);
    }
}
