package dev.asyncinspect.agent.recording;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The classes that hooks can reach: loaded before the first hook is live. */
final class Reachable {

    /*
     * A hook is passed in the middle of anything, loading of a class included. Say another agent's transformer takes a lock
     * while it looks at a class of ours: if the hook on that lock needs the same class for the first time, it is defined by
     * the hook, and once more around it, which is a LinkageError. And a thread of the program should not read our jar.
     *
     * The list is written when the jar is made. Classes run from a folder have none, and load as they go.
     */

    private static final String LIST = "reachable.txt";

    private static final String HOOKS = "dev.asyncinspect.integrations.jdk.";

    private final RecordingPlan plan;

    Reachable(RecordingPlan plan) {
        this.plan = plan;
    }

    /** Loads and initialises all of them. Those that this JDK does not take are left for the hooks to fail by. */
    void load() {
        ClassLoader loader = Reachable.class.getClassLoader();
        for (String name : names()) {
            if (isLeftOut(name)) {
                continue;
            }
            try {
                Class.forName(name, true, loader);
            } catch (ClassNotFoundException | LinkageError e) {
                // The hook that needs it fails, is counted and shown.
            }
        }
    }

    /** What was not asked for has no hooks. */
    boolean isLeftOut(String name) {
        return (!plan.locks() && name.startsWith(HOOKS + "LockWeaving"))
                || (!plan.context() && name.startsWith(HOOKS + "Scoped"));
    }

    private static List<String> names() {
        List<String> names = new ArrayList<>();
        try (InputStream stream = Reachable.class.getResourceAsStream(LIST)) {
            if (stream == null) {
                return names;
            }
            BufferedReader reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8));
            for (String name = reader.readLine(); name != null; name = reader.readLine()) {
                names.add(name);
            }
            return names;
        } catch (IOException e) {
            return List.of(); // as a class that cannot be read
        }
    }
}
