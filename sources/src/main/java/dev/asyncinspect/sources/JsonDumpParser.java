package dev.asyncinspect.sources;

import dev.asyncinspect.model.Frame;
import dev.asyncinspect.model.Source;
import dev.asyncinspect.model.ThreadAttributes;
import dev.asyncinspect.sources.RawThread.LockLine;
import dev.asyncinspect.sources.RawThread.Verb;
import java.io.InputStream;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** Reads the JSON form of {@code Thread.dump_to_file}: of JDK 21 (stacks only), 25, and format version 2 of newer ones. */
final class JsonDumpParser {

    /*
     *   {"threadDump": {"processId": "2924", "time": "…", "runtimeVersion": "25.0.3+9", "threadContainers": [
     *     {"container": "<root>", "threads": [
     *       {"tid": "38", "virtual": true, "name": "v2", "state": "BLOCKED", "carrier": "37",
     *        "parkBlocker": {"object": "…Sync@1f", "owner": "12"}, "blockedOn": "java.lang.Object@c8", "waitingOn": "…",
     *        "stack": ["java.base/java.lang.Thread.run(Thread.java:1474)"],
     *        "monitorsOwned": [{"depth": 0, "locks": ["java.lang.Object@c8"]}]}], "threadCount": "1"}]}}
     *
     * Numbers come as strings in version 1 and as numbers in version 2; a parkBlocker comes as a string or an object. What we
     * do not know is passed over. A file that ends in the middle gives what came before.
     */

    private final Interner interner = new Interner();
    private final JsonParser json;
    private long pid = ThreadAttributes.NONE;
    private @Nullable Instant takenAt;
    private @Nullable String version;
    private final List<RawThread> threads = new ArrayList<>();
    private long counted;

    private JsonDumpParser(JsonParser json) {
        this.json = json;
    }

    /** The dump; null if the JSON is no thread dump. */
    static @Nullable RawDump parse(InputStream stream) {
        try (JsonParser json = new JsonFactory().createParser(ObjectReadContext.empty(), stream)) {
            JsonDumpParser parser = new JsonDumpParser(json);
            boolean complete = parser.readAll();
            if (parser.threads.isEmpty() && parser.version == null) {
                return null;
            }
            RawDump dump = new RawDump(Source.Distance.JSON_DUMP, parser.pid, parser.takenAt, parser.version);
            dump.threads.addAll(parser.threads);
            dump.listedThreads = parser.counted == 0 ? ThreadAttributes.NONE : parser.counted;
            dump.complete = complete;
            return dump;
        }
    }

    private boolean readAll() {
        try {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                return false;
            }
            while (json.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = json.currentName();
                json.nextToken();
                if (name.equals("threadDump") && json.currentToken() == JsonToken.START_OBJECT) {
                    readDump();
                } else {
                    json.skipChildren();
                }
            }
            return true;
        } catch (JacksonException e) {
            return false; // cut off or damaged from here on
        }
    }

    private void readDump() {
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = json.currentName();
            json.nextToken();
            switch (name) {
                case "processId" -> pid = number();
                case "runtimeVersion" -> version = json.getString();
                case "time" -> takenAt = time(json.getString());
                case "threadContainers" -> forEachObject(this::readContainer);
                default -> json.skipChildren();
            }
        }
    }

    private void readContainer() {
        String container = null;
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = json.currentName();
            json.nextToken();
            switch (name) {
                case "container" -> container = interner.text(json.getString());
                case "threads" -> {
                    String of = container;
                    forEachObject(() -> readThread(of));
                }
                case "threadCount" -> counted += Math.max(0, number());
                default -> json.skipChildren();
            }
        }
    }

    private void readThread(@Nullable String container) {
        RawThread thread = new RawThread();
        thread.container = container == null || container.equals("<root>") ? null : container;
        threads.add(thread);
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = json.currentName();
            json.nextToken();
            switch (name) {
                case "tid" -> thread.id = number();
                case "name" -> thread.name = interner.text(json.getString());
                case "state" -> thread.state = interner.text(json.getString());
                case "virtual" -> thread.virtual = json.currentToken() == JsonToken.VALUE_TRUE;
                case "carrier" -> thread.mountedId = number();
                case "parkBlocker" -> parkBlocker(thread);
                case "blockedOn" -> object(thread, Verb.WAITING_TO_LOCK, 0);
                case "waitingOn" -> object(thread, Verb.WAITING_ON, 0);
                case "stack" -> forEachValue(() -> frame(thread));
                case "monitorsOwned" -> forEachObject(() -> monitors(thread));
                default -> json.skipChildren();
            }
        }
        thread.virtual |= standsOnVirtualThread(thread.frames); // JDK 21 does not say it otherwise
    }

    private static boolean standsOnVirtualThread(List<Frame> frames) {
        return !frames.isEmpty() && frames.get(frames.size() - 1).className().equals("java.lang.VirtualThread");
    }

    private void parkBlocker(RawThread thread) {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            object(thread, Verb.PARKING, 0);
            return;
        }
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = json.currentName();
            json.nextToken();
            if (name.equals("object")) {
                object(thread, Verb.PARKING, 0);
            } else if (name.equals("owner") || name.equals("exclusiveOwnerThreadId")) {
                thread.blockerOwner = number();
            } else {
                json.skipChildren();
            }
        }
    }

    private void monitors(RawThread thread) {
        long depth = 0;
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = json.currentName();
            json.nextToken();
            if (name.equals("depth")) {
                depth = Math.max(0, number());
            } else if (name.equals("locks")) {
                int at = (int) Math.min(depth, Integer.MAX_VALUE);
                forEachValue(() -> object(thread, Verb.LOCKED, at));
            } else {
                json.skipChildren();
            }
        }
    }

    /** {@code java.lang.Object@c8b651}; null stands for a reference that the JVM optimised away. */
    private void object(RawThread thread, Verb verb, int depth) {
        String text = json.currentToken() == JsonToken.VALUE_STRING ? json.getString() : "";
        int at = text.lastIndexOf('@');
        if (at > 0) {
            String className = interner.text(text.substring(0, at));
            thread.locks.add(new LockLine(depth, verb, interner.text(text.substring(at + 1)), className));
        }
    }

    private void frame(RawThread thread) {
        Frame frame = interner.frame(json.getString());
        if (frame != null) {
            thread.frames.add(frame);
        }
    }

    private void forEachObject(Runnable read) {
        if (json.currentToken() != JsonToken.START_ARRAY) {
            json.skipChildren();
            return;
        }
        while (json.nextToken() != JsonToken.END_ARRAY) {
            if (json.currentToken() == JsonToken.START_OBJECT) {
                read.run();
            } else {
                json.skipChildren();
            }
        }
    }

    private void forEachValue(Runnable read) {
        if (json.currentToken() != JsonToken.START_ARRAY) {
            json.skipChildren();
            return;
        }
        while (json.nextToken() != JsonToken.END_ARRAY) {
            if (json.currentToken().isScalarValue()) {
                read.run();
            } else {
                json.skipChildren();
            }
        }
    }

    /** A number, or a string of digits; NONE for anything else. */
    private long number() {
        try {
            return json.currentToken().isScalarValue() ? Long.parseLong(json.getString()) : ThreadAttributes.NONE;
        } catch (NumberFormatException e) {
            return ThreadAttributes.NONE;
        }
    }

    private static @Nullable Instant time(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            return null;
        }
    }
}
