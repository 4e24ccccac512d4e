package dev.asyncinspect.cli;

import dev.asyncinspect.analysis.Confidence;
import dev.asyncinspect.analysis.Finding;
import dev.asyncinspect.analysis.FindingKind;
import dev.asyncinspect.cli.watch.Admission;
import dev.asyncinspect.sources.ClassFiles;
import dev.asyncinspect.sources.JvmProcess;
import dev.asyncinspect.sources.LiveJvms;
import dev.asyncinspect.sources.SourceException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Looks at JVMs again and again, and acts on the findings that appear. */
final class Watcher {

    /*
     * A look is one dump. Only if that shows a finding are there two more, a moment apart, and only what they show counts. A
     * JVM with very many threads takes its time for a dump: the pause is then longer than asked for, so that asking and
     * reading never take more than one part in ten.
     *
     * With an agent a look is two samples. All of it may run in the JVM that is watched, and that has a budget of one part in a hundred
     * of one core: after a look that took 300 ms the next one waits 30 s. The agent is loaded once and stays between the looks. We hang up after
     * each, because an agent serves one client at a time and a person may want to ask it too.
     */

    private static final int PAUSES_PER_DUMP = 10;
    private static final int PAUSES_PER_ATTACHED_LOOK = 100;
    private static final Duration BETWEEN_SAMPLES = Duration.ofMillis(250);
    private static final Duration DUMP_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration LEAVE_TIMEOUT = Duration.ofSeconds(1);

    /** Time, as the watch sees it; tests bring their own. */
    interface Pace {

        /** Nanoseconds of a clock that only goes forward. */
        long now();

        /** Lets time pass; false if the watch is to end. */
        boolean pause(Duration time) throws InterruptedException;
    }

    /** Who hears of it. */
    interface Listener {

        /** A finding appeared. */
        void event(WatchEvent event);

        /** Something about the watch itself is worth a line. */
        void say(String line);
    }

    /**
     * What to look for.
     *
     * @param kinds of these kinds; of all if empty
     * @param least at least so sure
     * @param attach whether an agent is loaded, and asked in each look
     */
    record Wanted(List<FindingKind> kinds, Confidence least, boolean attach) {

        private boolean covers(Finding finding) {
            return (kinds.isEmpty() || kinds.contains(finding.kind()))
                    && finding.confidence().compareTo(least) <= 0;
        }
    }

    private final WatchTargets targets;
    private final Observations observations;
    private final Wanted wanted;
    private final Admission admission;
    private final WatchActions actions;
    private final Listener listener;

    /** JVMs that did not answer when they were last asked. */
    private final Set<Long> silent = new HashSet<>();

    /** JVMs in which an agent stays for the next look. */
    private final Set<JvmProcess> attached = new LinkedHashSet<>();

    /** How long JVMs were asked, and the answers read, in the present round. */
    private long askingNanos;

    private long looks;
    private long events;

    Watcher(
            WatchTargets targets,
            Observations observations,
            Wanted wanted,
            Admission admission,
            WatchActions actions,
            Listener listener) {
        this.targets = targets;
        this.observations = observations;
        this.wanted = wanted;
        this.admission = admission;
        this.actions = actions;
        this.listener = listener;
    }

    /** Watches until the pace ends it; returns how many findings were told. */
    long watch(Duration interval, Pace pace) throws InterruptedException {
        try {
            Duration rest;
            do {
                askingNanos = 0;
                for (JvmProcess jvm : targets.now()) {
                    look(jvm, pace);
                }
                Duration gentle = Duration.ofNanos(askingNanos)
                        .multipliedBy(wanted.attach ? PAUSES_PER_ATTACHED_LOOK : PAUSES_PER_DUMP);
                rest = gentle.compareTo(interval) > 0 ? gentle : interval;
            } while (pace.pause(rest));
        } finally {
            attached.forEach(jvm -> observations.leave(jvm, LEAVE_TIMEOUT));
            listener.say(summary());
        }
        return events;
    }

    private void look(JvmProcess jvm, Pace pace) throws InterruptedException {
        try {
            Diagnosis diagnosis = diagnose(jvm, pace);
            looks++;
            silent.remove(jvm.pid());
            for (Finding finding : diagnosis.findings()) {
                WatchEvent.Key key = WatchEvent.Key.of(jvm, diagnosis.history().latest(), finding);
                if (wanted.covers(finding) && admission.admit(key, pace.now())) {
                    events++;
                    tell(jvm, diagnosis, finding);
                }
            }
        } catch (SourceException e) {
            boolean ended = ProcessHandle.of(jvm.pid()).isEmpty();
            if (!ended && silent.add(jvm.pid())) {
                listener.say(Failures.oneLine(String.valueOf(e.getMessage())));
            }
        } catch (RuntimeException e) { // a bug of ours, met with one JVM, must not end the watch over all
            if (silent.add(jvm.pid())) {
                listener.say("internal error at process " + jvm.pid() + ": " + Failures.oneLine(e.toString()));
            }
        }
    }

    private Diagnosis diagnose(JvmProcess jvm, Pace pace) throws SourceException {
        if (wanted.attach) {
            return ask(jvm, 2, pace);
        }
        Diagnosis glance = ask(jvm, 1, pace);
        return glance.findings().isEmpty() ? glance : ask(jvm, 2, pace);
    }

    private Diagnosis ask(JvmProcess jvm, int samples, Pace pace) throws SourceException {
        LiveJvms.Sampling sampling = new LiveJvms.Sampling(samples, BETWEEN_SAMPLES, DUMP_TIMEOUT, false);
        long begun = pace.now();
        try {
            if (wanted.attach) {
                attached.add(jvm);
                return Diagnosis.of(observations.attachAndStay(jvm, sampling, ClassFiles.none()));
            }
            return Diagnosis.of(observations.sample(jvm, sampling, ClassFiles.none()));
        } finally {
            long waited = BETWEEN_SAMPLES.toNanos() * (samples - 1);
            askingNanos += Math.max(0, pace.now() - begun - waited);
        }
    }

    private void tell(JvmProcess jvm, Diagnosis seenNow, Finding finding) throws InterruptedException {
        Diagnosis diagnosis = actions.keeps() ? FlightRecorder.ask(observations, jvm, seenNow, listener::say) : seenNow;
        WatchEvent seen = new WatchEvent(Instant.now(), jvm, diagnosis.history().latest(), finding, null);
        WatchEvent event = new WatchEvent(
                seen.at(), jvm, seen.snapshot(), finding, actions.keep(seen, new SeenJvm(jvm, diagnosis)));
        listener.event(event);
        actions.tell(event);
    }

    private String summary() {
        return Labels.count(looks, "look") + ", " + Labels.count(events, "finding") + " told; seen again: "
                + admission.repeated() + "; held back by --most-per-hour: " + admission.overLimit();
    }
}
