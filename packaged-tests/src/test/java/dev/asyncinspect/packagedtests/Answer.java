package dev.asyncinspect.packagedtests;

import dev.asyncinspect.testkit.Ended;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * An answer in JSON, asked in the words of the tests.
 *
 * @param exitCode what the command ended with
 * @param target the first target of the answer
 */
record Answer(int exitCode, JsonNode target) {

    static Answer of(Ended ended) {
        if (ended.stdout().isBlank()) {
            throw new AssertionError("no answer: exit code " + ended.exitCode() + ", stderr: " + ended.stderr());
        }
        return new Answer(
                ended.exitCode(),
                new JsonMapper().readTree(ended.stdout()).get("targets").get(0));
    }

    /** {@code lock-cycle PROVEN}, one for each finding. */
    List<String> findings() {
        List<String> findings = new ArrayList<>();
        for (JsonNode finding : target.get("findings")) {
            findings.add(finding.get("kind").asString() + " "
                    + finding.get("confidence").asString());
        }
        return findings;
    }

    JsonNode finding(String kind) {
        for (JsonNode finding : target.get("findings")) {
            if (finding.get("kind").asString().equals(kind)) {
                return finding;
            }
        }
        throw new AssertionError("no " + kind + " in " + findings());
    }

    /** The names of the tasks that a finding calls its cause. */
    List<String> culprits(String kind) {
        return culprits(finding(kind));
    }

    private List<String> culprits(JsonNode finding) {
        List<String> names = new ArrayList<>();
        for (JsonNode id : finding.get("tasks")) {
            names.add(task(id.asLong()).get("name").asString());
        }
        return names;
    }

    /**
     * Whether one finding is of this kind and confidence, has only culprits whose names have this in them, and says this of them.
     *
     * @param finding {@code lock-cycle PROVEN}
     */
    boolean tells(String finding, String culprit, String said) {
        for (JsonNode each : target.get("findings")) {
            String found =
                    each.get("kind").asString() + " " + each.get("confidence").asString();
            if (found.equals(finding)
                    && each.toString().contains(said)
                    && culprits(each).stream().allMatch(name -> name.contains(culprit))) {
                return true;
            }
        }
        return false;
    }

    /** Where the tasks that a finding calls its cause wait: {@code LockCycle.java:45}. */
    List<String> places(String kind) {
        List<String> places = new ArrayList<>();
        for (JsonNode id : finding(kind).get("tasks")) {
            JsonNode waiting = task(id.asLong()).get("waiting");
            if (waiting != null) {
                JsonNode frame = waiting.get("frame");
                places.add(
                        frame.get("file").asString() + ":" + frame.get("line").asInt());
            }
        }
        return places;
    }

    /** The reasons of a finding, a line for each. */
    String evidence(String kind) {
        StringBuilder lines = new StringBuilder();
        for (JsonNode evidence : finding(kind).get("evidence")) {
            lines.append(evidence.get("statement").asString()).append('\n');
        }
        return lines.toString();
    }

    private JsonNode task(long id) {
        for (JsonNode task : target.get("snapshot").get("tasks")) {
            if (task.get("id").asLong() == id) {
                return task;
            }
        }
        throw new AssertionError("no task #" + id);
    }
}
