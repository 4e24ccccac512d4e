package dev.asyncinspect.packagedtests;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** A task of {@code timeline --json}. */
record RecordedTask(long id, String kind, long parent, String state, String failure, List<Segment> segments) {

    /** A state from then to then, by the recording's clock; the thread is 0 where it did not run. */
    record Segment(String state, long from, long to, long thread) {

        long nanos() {
            return to - from;
        }
    }

    static RecordedTask of(JsonNode task) {
        List<Segment> segments = new ArrayList<>();
        for (JsonNode part : task.get("segments")) {
            segments.add(new Segment(
                    part.get("state").asString(),
                    part.get("fromNanos").asLong(),
                    part.get("toNanos").asLong(),
                    part.path("thread").asLong(0)));
        }
        return new RecordedTask(
                task.get("id").asLong(),
                task.get("kind").asString(),
                task.path("parent").asLong(0),
                task.get("state").asString(),
                task.path("failure").asString(""),
                List.copyOf(segments));
    }

    /** When it ran first. */
    long begin() {
        return segments.stream()
                .filter(part -> part.state().equals("RUNNING"))
                .findFirst()
                .orElseThrow()
                .from();
    }

    /** When it ended. */
    long end() {
        return segments.get(segments.size() - 1).to();
    }

    /** The thread that ran it first. */
    long thread() {
        return segments.stream()
                .mapToLong(Segment::thread)
                .filter(thread -> thread != 0)
                .findFirst()
                .orElse(0);
    }

    long blockedNanos() {
        return segments.stream()
                .filter(part -> part.state().equals("BLOCKED"))
                .mapToLong(Segment::nanos)
                .sum();
    }
}
