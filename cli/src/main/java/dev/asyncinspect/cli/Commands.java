package dev.asyncinspect.cli;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** The commands, in the order of the help text. */
final class Commands {

    /*
     * picocli reads the annotations of every command that it is given, and to do so for all of them takes longer than most
     * commands do. So where the first word is the name of one, it is given that one alone.
     */

    /** What makes each; a command is loaded once it is made. */
    static final Map<String, Supplier<Object>> ALL = new LinkedHashMap<>();

    /** Those whose last words are a command that is not ours. */
    static final List<String> OF_ANOTHER_COMMAND = List.of("test", "run");

    private static final String NEEDS_ALL = "completion";

    static {
        ALL.put("why", WhyCommand::new);
        ALL.put("test", TestCommand::new);
        ALL.put("watch", WatchCommand::new);
        ALL.put("prove", ProveCommand::new);
        ALL.put("run", RunCommand::new);
        ALL.put("record", RecordCommand::new);
        ALL.put("stop", StopCommand::new);
        ALL.put("tasks", TasksCommand::new);
        ALL.put("task", TaskCommand::new);
        ALL.put("graph", GraphCommand::new);
        ALL.put("stats", StatsCommand::new);
        ALL.put("timeline", TimelineCommand::new);
        ALL.put("events", EventsCommand::new);
        ALL.put("replay", ReplayCommand::new);
        ALL.put("leaks", LeaksCommand::new);
        ALL.put("config", ConfigCommand::new);
        ALL.put("list", ListCommand::new);
        ALL.put("analyze", AnalyzeCommand::new);
        ALL.put("demo", DemoCommand::new);
        ALL.put("mcp", McpCommand::new);
        ALL.put("info", InfoCommand::new);
        ALL.put("version", VersionCommand::new);
        ALL.put("completion", CompletionCommand::new);
    }

    private Commands() {}

    /** The names of those that these words can be about: one if they begin with its name, else all. */
    static Collection<String> named(String[] words) {
        boolean one = words.length > 0 && ALL.containsKey(words[0]) && !words[0].equals(NEEDS_ALL);
        return one ? List.of(words[0]) : ALL.keySet();
    }
}
