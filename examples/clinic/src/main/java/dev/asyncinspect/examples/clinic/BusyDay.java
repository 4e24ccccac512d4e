package dev.asyncinspect.examples.clinic;

import java.util.ArrayList;
import java.util.List;

/** All stories that need time to be told, at once: one recording of some seconds shows each for what it is. */
final class BusyDay implements Fault {

    private static final List<Fault> ANYWHERE = List.of(
            new Overload(),
            new LockOrderInversion(),
            new LongAwait(),
            new SlowPool(),
            new SwallowedFailure(),
            new FutureCycle(),
            new BlockedEventLoop());

    /** Which stories are played here. */
    static List<Fault> stories() {
        List<Fault> stories = new ArrayList<>(ANYWHERE);
        if (VirtualThreads.available()) {
            stories.add(new SelfWake());
        }
        return stories;
    }

    @Override
    public String name() {
        return "busy-day";
    }

    @Override
    public String about() {
        return "the faults that need time to be seen, all at once: for one recording";
    }

    @Override
    public Size size() {
        return Size.fixed("stories at once", ANYWHERE.size() + 1);
    }

    @Override
    public void start(Ward ward) throws Exception {
        for (Fault story : stories()) {
            story.start(ward.beside(story));
        }
    }
}
